import Type, { type TSchema } from 'typebox';
import {
  Bundle,
  Catalogue,
  DecisionReason,
  Department,
  DictionaryField,
  LifeEvent,
  Material,
  Question,
  ServiceItem,
} from './schema.ts';

const closed = { additionalProperties: false } as const;
const schemaHint = { $schema: Type.Optional(Type.String()) };
const { id, title, help, when, fields } = Question.properties;

/** A question as written in an item's file: title and help may come from `questions.json`. */
const WrittenQuestion = Type.Object(
  { id, title: Type.Optional(title), help, when, fields },
  closed,
);
const WrittenField = Type.Object(
  {
    ...DictionaryField.properties,
    choices: Type.Optional(Type.Union([Type.String(), DictionaryField.properties.choices])),
  },
  closed,
);
const choice = Type.Object(
  { value: Type.String(), label: DictionaryField.properties.label },
  closed,
);

/** The files of a catalogue folder, by the name of their schema. */
const written: Readonly<Record<string, TSchema>> = {
  catalogue: Type.Object(
    {
      ...schemaHint,
      version: Catalogue.properties.version,
      validUntil: Catalogue.properties.validUntil,
      region: Catalogue.properties.region,
      calendar: Catalogue.properties.calendar,
    },
    closed,
  ),
  dictionary: Type.Array(WrittenField),
  departments: Type.Array(Department),
  events: Type.Array(LifeEvent),
  reasons: Type.Array(DecisionReason),
  choices: Type.Record(Type.String(), Type.Array(choice, { minItems: 2 })),
  questions: Type.Array(Type.Object({ id, title, help, when }, closed)),
  materials: Type.Array(Material),
  item: Type.Object(
    {
      ...schemaHint,
      ...ServiceItem.properties,
      questions: Type.Array(WrittenQuestion, { minItems: 1 }),
      materials: Type.Array(Type.Union([Material.properties.id, Material])),
    },
    closed,
  ),
  bundle: Type.Object({ ...schemaHint, ...Bundle.properties }, closed),
};

/** JSON Schemas (2020-12) of the catalogue's files, by name, derived from the types that the program checks. */
export function publishedSchemas(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(written).map(([name, type]) => [name, publish(type)]));
}

/** Conditions refer to themselves: one definition at the top instead of one at each use. */
function publish(type: TSchema): unknown {
  let definition: unknown;
  const hoist = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoist);
    if (typeof value !== 'object' || value === null) return value;
    const { $defs, $ref, ...rest } = value as { $defs?: { Condition: object }; $ref?: string };
    if ($defs !== undefined) {
      const { $id: _, ...body } = hoist($defs.Condition) as { $id?: string };
      definition = body;
    }
    const kept = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, hoist(part)]));
    return $ref === undefined ? kept : { ...kept, $ref: `#/$defs/${$ref}` };
  };
  const body = hoist(JSON.parse(JSON.stringify(type))) as object;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...body,
    ...(definition === undefined ? {} : { $defs: { Condition: definition } }),
  };
}
