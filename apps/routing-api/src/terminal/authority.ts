import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { base64url, type Clock, type Random } from '@tongban/core';
import { buildCertificate, fromPem, type Issuer, toPem, webCryptoKey } from '@tongban/core/sign';
import { createDurably, writeDurably } from '../keys/durableFile.ts';
import { words } from '../words.ts';

/** Whose key a certificate of this hall is for. */
export interface Certified {
  readonly publicKey: Uint8Array;
  readonly hall: string;
  readonly terminal: string;
}

/** Certifies kiosks and counters, and the keys with which they issue one-act citizen certificates. */
export interface Authority {
  /** DER; what papers are verified against. */
  readonly root: Uint8Array;
  /** DER, the new issuing certificate first, the root last: pathLen 0, names of this hall only, two years. */
  issue(about: Certified): Promise<readonly Uint8Array[]>;
  /** DER, the terminal's own certificate first, the root last: it proves who the terminal is, for thirteen months. */
  certify(about: Certified): Promise<readonly Uint8Array[]>;
}

const day = 86_400_000;
/** How long an issuing certificate holds. */
export const issuingDays = 730;
/** How long a terminal's own certificate holds: thirteen months, so that one that enrols once a year keeps it. */
export const terminalDays = 395;
const place = [
  ['C', 'CN'],
  ['O', words['zh-CN'].certificate.organization],
] as const;

/**
 * The authority of a data folder: `keys/authority.pem` holds its private key (PKCS #8) and certificate. In
 * demonstration it is made on first start; in production the operator puts it there, and without it there is none.
 */
export async function openAuthority(
  dataFolder: string,
  demonstration: boolean,
  ports: { readonly clock: Clock; readonly random: Random },
): Promise<Authority | undefined> {
  const file = join(dataFolder, 'keys', 'authority.pem');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (!demonstration) return undefined;
    text = await createDurably(file, await makeDemonstrationAuthority(ports));
  }
  const { root, pkcs8 } = readAuthority(text);
  // Whoever verifies papers needs the certificate, never the key.
  await writeDurably(join(dataFolder, 'trust.pem'), toPem('CERTIFICATE', root), 0o644);
  const key = await crypto.subtle.importKey(
    'pkcs8',
    pkcs8 as Uint8Array<ArrayBuffer>,
    p256,
    false,
    ['sign'],
  );
  const issuer: Issuer = { ...webCryptoKey(key), certificate: root };
  async function made(
    { publicKey, hall, terminal }: Certified,
    use: 'issuing' | 'terminal',
    days: number,
  ): Promise<readonly Uint8Array[]> {
    const now = ports.clock.now().getTime();
    const names = [...place, ['OU', hall]] as const;
    const certificate = await buildCertificate(
      {
        subject: [...names, ['CN', terminal]],
        publicKey,
        use: use === 'issuing' ? { kind: use, names } : { kind: use },
        notBefore: new Date(now - day),
        notAfter: new Date(now + days * day),
      },
      issuer,
      ports.random,
    );
    return [certificate, root];
  }

  return {
    root,
    issue: (about) => made(about, 'issuing', issuingDays),
    certify: (about) => made(about, 'terminal', terminalDays),
  };
}

function readAuthority(text: string): { readonly root: Uint8Array; readonly pkcs8: Uint8Array } {
  const [root] = fromPem('CERTIFICATE', text);
  const [pkcs8] = fromPem('PRIVATE KEY', text);
  if (root === undefined || pkcs8 === undefined)
    throw new Error('keys/authority.pem needs a private key and a certificate');
  return { root, pkcs8 };
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

async function makeDemonstrationAuthority(ports: {
  readonly clock: Clock;
  readonly random: Random;
}): Promise<string> {
  const pair = await crypto.subtle.generateKey(p256, true, ['sign', 'verify']);
  const now = ports.clock.now().getTime();
  const certificate = await buildCertificate(
    {
      subject: [...place, ['CN', words['zh-CN'].certificate.demonstrationRoot]],
      publicKey: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
      use: { kind: 'authority', below: 1 },
      notBefore: new Date(now - day),
      notAfter: new Date(now + 3650 * day),
    },
    webCryptoKey(pair.privateKey),
    ports.random,
  );
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return toPem('PRIVATE KEY', pkcs8) + toPem('CERTIFICATE', certificate);
}

/** SPKI of a P-256 key as base64url, or `undefined` when it is something else. */
export async function readIssuingKey(text: string): Promise<Uint8Array | undefined> {
  try {
    const spki = Buffer.from(text, 'base64url');
    const key = await crypto.subtle.importKey('spki', spki, p256, true, ['verify']);
    const again = new Uint8Array(await crypto.subtle.exportKey('spki', key));
    return base64url(again) === text ? again : undefined;
  } catch {
    return undefined;
  }
}
