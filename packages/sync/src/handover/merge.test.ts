import type { Answer, Draft, DraftFile, DraftMaterial } from '@tongban/core';
import { sampleDraft } from '@tongban/core/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDrafts, mergeDrafts } from './merge.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const typed = (value: string): Answer => ({ value, source: 'typed' });

function file(name: string): DraftFile {
  return {
    address: `address-of-${name}`,
    key: 'k',
    digest: 'd',
    type: 'image/jpeg',
    size: 1,
    name,
    addedAt: 't',
  };
}

function material(state: DraftMaterial['state'], ...names: string[]): DraftMaterial {
  return { state, files: names.map(file), readings: {} };
}

function draft(
  answers: Record<string, Answer>,
  materials: Record<string, DraftMaterial> = {},
): Draft {
  return { ...sampleDraft('1'), answers, materials };
}

describe('two copies of one draft', () => {
  test('[H6] every difference is listed side by side, equal things are not', () => {
    const here = draft(
      { name: typed('林知夏'), mobile: typed('139'), note: typed('same') },
      {
        birth: material('provided', 'a', 'b'),
        photo: material('promised'),
        gone: material('missing'),
      },
    );
    const there = draft(
      {
        name: typed('林知厦'),
        address: typed('澜州'),
        note: { value: 'same', source: 'identity' },
      },
      {
        birth: material('provided', 'b', 'c'),
        photo: material('exempt'),
        gone: material('missing'),
      },
    );
    expect(compareDrafts(here, there)).toEqual([
      { kind: 'answer', field: 'address', here: undefined, there: typed('澜州') },
      { kind: 'answer', field: 'mobile', here: typed('139'), there: undefined },
      { kind: 'answer', field: 'name', here: typed('林知夏'), there: typed('林知厦') },
      { kind: 'file', material: 'birth', file: file('a'), on: 'here' },
      { kind: 'file', material: 'birth', file: file('c'), on: 'there' },
      {
        kind: 'material',
        material: 'photo',
        here: material('promised'),
        there: material('exempt'),
      },
    ]);
    expect(compareDrafts(here, here)).toEqual([]);
  });

  test('[H6] merging takes the choice for each difference', () => {
    const here = draft(
      { name: typed('林知夏'), mobile: typed('139') },
      { birth: material('provided', 'a', 'b') },
    );
    const there = draft({ name: typed('林知厦') }, { birth: material('provided', 'b', 'c') });
    const merged = mergeDrafts(
      here,
      there,
      (difference) => {
        if (difference.kind === 'answer') return 'there';
        if (difference.kind === 'file') return 'here';
        return undefined;
      },
      now,
    );
    expect(merged.answers).toEqual({ name: typed('林知厦') });
    expect(merged.materials.birth?.files.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(merged.updatedAt).toBe('2026-11-23T10:00:00.000Z');
    expect(merged.id).toBe(here.id);
  });

  test('[H6] evidence and consents of both stay, papers go', () => {
    const consent = (item: string) => ({ kind: 'notice' as const, item, at: 't' });
    const paper = { item: 'i', paper: 'p', file: file('p'), pages: 1, signatures: 1 };
    const here = { ...draft({}), consents: [consent('a'), consent('b')], papers: [paper] };
    const there = { ...draft({}), consents: [consent('b'), consent('c')] };
    const merged = mergeDrafts(here, there, () => undefined, now);
    expect(merged.consents.map(({ item }) => item)).toEqual(['a', 'b', 'c']);
    expect(merged.papers).toEqual([]);
  });

  test('[H6] two applications, or a sealed one, are not merged', () => {
    const here = draft({});
    const other = { ...here, submissionId: sampleDraft('2').submissionId };
    expect(() => mergeDrafts(here, other, () => 'here', now)).toThrow('two applications');
    const sealed = { ...here, receipt: {} as never };
    expect(() => mergeDrafts(sealed, here, () => 'here', now)).toThrow('sealed');
    expect(() => mergeDrafts(here, sealed, () => 'here', now)).toThrow('sealed');
  });

  test('[H6] without a choice nothing that either has is dropped, whatever both wrote', () => {
    const answers = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.string().map(typed));
    const materials = fc.dictionary(
      fc.constantFrom('m', 'n', 'o'),
      fc
        .uniqueArray(fc.constantFrom('1', '2', '3', '4'))
        .map((names) =>
          names.length === 0 ? material('missing') : material('provided', ...names),
        ),
    );
    const copy = fc
      .record({ answers, materials })
      .map((parts) => draft(parts.answers, parts.materials));
    const property = fc.property(copy, copy, (here, there) => {
      const merged = mergeDrafts(here, there, () => undefined, now);
      for (const one of [here, there]) {
        expect(Object.keys(merged.answers)).toEqual(
          expect.arrayContaining(Object.keys(one.answers)),
        );
        for (const [id, { files }] of Object.entries(one.materials)) {
          expect(merged.materials[id]?.files).toEqual(expect.arrayContaining([...files]));
        }
      }
      // Every answer is one of the two, and what is left to choose is only what both wrote.
      for (const difference of compareDrafts(merged, there)) {
        if (difference.kind === 'answer')
          expect(difference.here).toEqual(here.answers[difference.field]);
      }
      for (const material of Object.values(merged.materials)) {
        expect(material.state === 'provided').toBe(material.files.length > 0);
      }
    });
    fc.assert(property, { seed: 20261123, numRuns: 300 });
  });
});
