import type { TerminalId } from '../ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IssuingCertificate, KeyVault, TerminalIdentity } from '../ports/keyVault.ts';
import type { Random } from '../ports/random.ts';
import { terminalIdOf } from '../seal/seal.ts';

/** A clock that tests turn themselves. */
export interface HandClock extends Clock {
  set(iso: string): void;
}

export function handClock(iso: string): HandClock {
  let at = new Date(iso);
  return {
    now: () => new Date(at),
    set(next) {
      at = new Date(next);
    },
  };
}

/** The same bytes for the same seed (xorshift32). For tests only: it is no secret. */
export function seededRandom(seed: number): Random {
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
  return { bytes: (length) => Uint8Array.from({ length }, next) };
}

/** A vault in memory, with real keys. */
export async function memoryVault(): Promise<KeyVault> {
  const terminal = await keyPair();
  const issuing = await keyPair();
  const publicJwk = await crypto.subtle.exportKey('jwk', terminal.publicKey);
  const identity: TerminalIdentity = {
    id: (await terminalIdOf(publicJwk)) as TerminalId,
    publicJwk,
  };
  const store = await storeKey();
  const visits = new Map<string, CryptoKey>();
  let certificate: IssuingCertificate | undefined;
  return {
    kind: 'demonstration',
    terminal: async () => identity,
    sign: (bytes) => sign(terminal.privateKey, bytes),
    issuer: async () =>
      certificate && { certificate, sign: (bytes) => sign(issuing.privateKey, bytes) },
    issuingPublicKey: async () =>
      new Uint8Array(await crypto.subtle.exportKey('spki', issuing.publicKey)),
    keepIssuingCertificate: async (kept) => {
      certificate = kept;
    },
    storeKey: async () => store,
    async createVisitKey(visit) {
      const key = await storeKey();
      visits.set(visit, key);
      return key;
    },
    openVisitKey: async (visit) => visits.get(visit),
    destroyVisitKey: async (visit) => {
      visits.delete(visit);
    },
    visits: async () => [...visits.keys()],
  };
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

function keyPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']);
}

async function sign(key: CryptoKey, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(ecdsa, key, bytes as Uint8Array<ArrayBuffer>));
}

function storeKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Enrols the vault as a hall's terminal would be; gives back the root certificate (DER) to trust. */
export async function enrolVault(
  vault: KeyVault,
  clock: Clock,
  random: Random,
): Promise<Uint8Array> {
  const { buildCertificate, webCryptoKey } = await import('../sign/index.ts');
  const pair = await keyPair();
  const now = clock.now().getTime();
  const times = { notBefore: new Date(now - 86_400_000), notAfter: new Date(now + 1e11) };
  const own = webCryptoKey(pair.privateKey);
  const root = await buildCertificate(
    {
      subject: [
        ['C', 'CN'],
        ['CN', 'Demonstration root'],
      ],
      publicKey: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
      use: { kind: 'authority', below: 1 },
      ...times,
    },
    own,
    random,
  );
  const issuing = await buildCertificate(
    {
      subject: [
        ['C', 'CN'],
        ['CN', 'Demonstration hall'],
      ],
      publicKey: await vault.issuingPublicKey(),
      use: {
        kind: 'issuing',
        names: [
          ['C', 'CN'],
          ['O', '通办演示大厅'],
        ],
      },
      ...times,
    },
    { ...own, certificate: root },
    random,
  );
  await vault.keepIssuingCertificate({ chain: [issuing, root] });
  return root;
}
