import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, terminalIdOf } from '@tongban/core';
import { grantType, type StaffGrant } from '@tongban/sync/protocol';
import { CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

/** Signs what lets staff work at a counter without a line. */
export interface Grants {
  /** Public half (JWK), sent with each enrolment. */
  readonly publicKey: JWK;
  issue(about: Pick<StaffGrant, 'who' | 'hall' | 'terminal'>): Promise<{
    readonly jws: string;
    readonly grant: StaffGrant;
  }>;
}

/** How long a clerk may go on without a line: a shift with its overtime. */
export const usualGrantHours = 12;

/** Opens the key `keys/grants.json` of a data folder, making it on first use; two processes agree on the first one's. */
export async function openGrants(
  dataFolder: string,
  clock: Clock,
  hours = usualGrantHours,
): Promise<Grants> {
  const file = join(dataFolder, 'keys', 'grants.json');
  await mkdir(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 });
  const stored = (await read(file)) ?? (await make(file));
  const key = await importJWK(stored, 'ES256');
  const { kty, crv, x, y, kid } = stored;
  return {
    publicKey: { kty, crv, x, y, kid } as JWK,
    async issue(about) {
      const now = clock.now();
      const grant: StaffGrant = {
        ...about,
        issuedAt: now.toISOString(),
        until: new Date(now.getTime() + hours * 3_600_000).toISOString(),
      };
      const payload = new TextEncoder().encode(JSON.stringify(grant));
      const header = { alg: 'ES256', typ: grantType, kid: String(kid) };
      return { grant, jws: await new CompactSign(payload).setProtectedHeader(header).sign(key) };
    },
  };
}

async function read(file: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function make(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const text = JSON.stringify({ ...jwk, kid: await terminalIdOf(jwk as JsonWebKey) });
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const standing = await read(file);
  if (standing === undefined) throw new Error('keys/grants.json went away');
  return standing;
}
