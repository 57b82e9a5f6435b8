import type { FastifyInstance, FastifyTypeProvider } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import Value from 'typebox/value';

/** Lets a route's TypeBox schemas give its handler their types. */
export interface TypeBoxProvider extends FastifyTypeProvider {
  readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
  readonly serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

/**
 * Requests are checked by the very schemas that the OpenAPI document shows. Query and path arrive as text and are
 * converted and completed by their defaults first; a body is taken as it is. With `checkAnswers` (tests) an answer that breaks its own schema throws.
 */
export function checkWithTypeBox(app: FastifyInstance, checkAnswers: boolean): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const compiled = Compile(schema);
    return (input: unknown) => {
      const value =
        httpPart === 'body' ? input : Value.Convert(schema, Value.Default(schema, input));
      if (compiled.Check(value)) return { value };
      const faults = compiled
        .Errors(value)
        .map(({ instancePath, keyword }) => ({ instancePath, keyword }));
      return {
        error: Object.assign(new Error('malformed'), {
          validation: faults,
          validationContext: httpPart,
        }),
      };
    };
  });
  app.setSerializerCompiler<TSchema>(({ schema }) => {
    if (!checkAnswers) return (value) => JSON.stringify(value);
    const compiled = Compile(schema);
    return (value) => {
      const sent: unknown = JSON.parse(JSON.stringify(value));
      if (!compiled.Check(sent)) {
        throw new Error(
          `answer breaks its schema: ${JSON.stringify(compiled.Errors(sent).slice(0, 3))}`,
        );
      }
      return JSON.stringify(value);
    };
  });
}
