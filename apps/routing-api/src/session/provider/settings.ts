import { readFile } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { StartFailure } from '../../database/failure.ts';
import { startSentence } from '../../words.ts';

const closed = { additionalProperties: false } as const;
const Claim = Type.String({ minLength: 1, maxLength: 100 });
const Roles = Type.Enum(['citizen', 'counter', 'desk', 'supervisor']);

/** How an OpenID provider is reached and what its claims mean here. One JSON file of the operator's. */
export const ProviderSettings = Type.Object(
  {
    /** Issuer identifier; its metadata lie at `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0). */
    issuer: Type.String({ pattern: '^https?://' }),
    clientId: Type.String({ minLength: 1 }),
    clientSecret: Type.String({ minLength: 1 }),
    /** Origins of our pages; `ORIGIN/api/v1/session/callback` of each is registered with the provider. */
    origins: Type.Array(Type.String({ pattern: '^https?://[^/]+$' }), { minItems: 1 }),
    scope: Type.Optional(Type.String({ pattern: '(^| )openid( |$)' })),
    /** Names of the claims that say who somebody is. */
    claims: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Claim),
          role: Type.Optional(Claim),
          department: Type.Optional(Claim),
          hall: Type.Optional(Claim),
          window: Type.Optional(Claim),
          residentId: Type.Optional(Claim),
        },
        closed,
      ),
    ),
    /** What the provider's roles or groups are called here; without it they are called the same. */
    roles: Type.Optional(Type.Record(Type.String(), Roles)),
  },
  closed,
);
export type ProviderSettings = Static<typeof ProviderSettings>;

/** Reads and checks the operator's file. Throws a {@link StartFailure} that names the first fault. */
export async function readProviderSettings(file: string): Promise<ProviderSettings> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    // ENOENT, EACCES …; what is there and no JSON has no code.
    const fault = (error as NodeJS.ErrnoException).code ?? 'JSON';
    throw new StartFailure('provider-file', startSentence('provider-file', { file, fault }));
  }
  if (Value.Check(ProviderSettings, value)) return value;
  const [fault] = Value.Errors(ProviderSettings, value);
  // Where, never what: the file holds a secret.
  throw new StartFailure(
    'provider-file',
    startSentence('provider-file', { file, fault: fault?.instancePath || '/' }),
  );
}

/** In clear only where nobody else can listen. */
export function overTls(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}
