import fc from 'fast-check';

/** A JSON Schema as the OpenAPI document holds it. */
export interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Shape;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** Values that broke other people's servers. */
const hostile: readonly unknown[] = [
  ...['', ' ', '\u0000', '\ud800', '../../etc/passwd', "' or 1=1; drop table cases; --"],
  ...['<script>alert(1)</script>', '{{7*7}}', '%s%n', 'A'.repeat(5_000), '𠮷'.repeat(300)],
  ...[0, -1, 1e308, -0, Number.MAX_SAFE_INTEGER + 1, true, null, [], {}, [[[[[]]]]]],
  ...[{ __proto__: null, constructor: { prototype: { admin: true } } }, { toString: 1 }],
];
export const anyHostile = fc.constantFrom(...hostile);

/** What fits `shape` most of the time, and does not in some place some of the time. */
export function arbitraryOf(
  shape: Shape,
  schemas: Readonly<Record<string, Shape>>,
  depth = 0,
): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null);
  const below = (one: Shape) => arbitraryOf(one, schemas, depth + 1);
  const fitting = (): fc.Arbitrary<unknown> => {
    if (shape.$ref !== undefined)
      return below(schemas[shape.$ref.replace('#/components/schemas/', '')] ?? {});
    if ('const' in shape) return fc.constant(shape.const);
    if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
    const choices = shape.anyOf ?? shape.oneOf;
    if (choices !== undefined) return fc.oneof(...choices.map(below));
    if (shape.allOf !== undefined)
      return fc.tuple(...shape.allOf.map(below)).map((parts) => Object.assign({}, ...parts));
    switch (shape.type) {
      case 'string':
        return shape.pattern === undefined
          ? fc.string({
              minLength: Math.min(shape.minLength ?? 0, 200),
              maxLength: Math.min(shape.maxLength ?? 60, 200),
              unit: 'grapheme',
            })
          : fc.stringMatching(new RegExp(shape.pattern));
      case 'integer':
      case 'number':
        return fc.integer({ min: shape.minimum ?? -10, max: shape.maximum ?? 1_000_000 });
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(below(shape.items ?? {}), { maxLength: Math.min(shape.maxItems ?? 3, 3) });
      case 'object':
        return fc.record(
          Object.fromEntries(
            Object.entries(shape.properties ?? {}).map(([name, one]) => [name, below(one)]),
          ),
          { requiredKeys: [...(shape.required ?? [])] },
        );
      default:
        return fc.jsonValue();
    }
  };
  return fc.oneof({ weight: 12, arbitrary: fitting() }, { weight: 1, arbitrary: anyHostile });
}
