import {
  Answer,
  ApplicationManifest,
  Consent,
  type Draft,
  Filing,
  IdentityEvidence,
  languages,
  SealedFile,
  SealedMaterial,
  steps,
} from '@tongban/core';
import Type from 'typebox';
import Value from 'typebox/value';

const text = Type.String();

const DraftFile = Type.Object({ ...SealedFile.properties, name: text, addedAt: text });

/**
 * A draft as it comes out of a parcel: whoever shows a code may have packed anything. Members we do not know pass, so
 * that a newer device's draft survives the way through an older one.
 */
const DraftShape = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  target: Type.Object({ kind: Type.Enum(['item', 'bundle']), id: text }),
  catalogueVersion: text,
  submissionId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
  receiptNumber: text,
  receiptSecret: text,
  caseNumbers: Type.Record(text, text),
  language: Type.Enum([...languages]),
  createdAt: text,
  updatedAt: text,
  filing: Filing,
  evidence: Type.Array(IdentityEvidence),
  consents: Type.Array(Consent),
  answers: Type.Record(text, Answer),
  materials: Type.Record(
    text,
    Type.Object({
      state: SealedMaterial.properties.state,
      files: Type.Array(DraftFile),
      readings: Type.Record(text, text),
    }),
  ),
  papers: Type.Array(
    Type.Object({
      item: text,
      paper: text,
      file: DraftFile,
      pages: Type.Integer(),
      signatures: Type.Integer(),
    }),
  ),
  step: Type.Enum([...steps]),
  manifest: Type.Optional(ApplicationManifest),
  receipt: Type.Optional(
    Type.Object({
      number: text,
      secret: text,
      manifestHash: text,
      sealedAt: text,
      target: text,
      code: text,
    }),
  ),
  handedOverAt: Type.Optional(text),
});

export function asDraft(value: unknown): Draft | undefined {
  return Value.Check(DraftShape, value) ? (value as unknown as Draft) : undefined;
}
