import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { base64url, type Clock, type Random } from '@tongban/core';
import { buildCertificate, fromPem, type Issuer, toPem, webCryptoKey } from '@tongban/core/sign';
import { createDurably, writeDurably } from '../keys/durableFile.ts';
import { words } from '../words.ts';

/** Certifies the keys with which kiosks and counters issue one-act citizen certificates. */
export interface Authority {
  /** DER; what papers are verified against. */
  readonly root: Uint8Array;
  /** DER, the new issuing certificate first, the root last: pathLen 0, names of this hall only, two years. */
  issue(about: {
    readonly publicKey: Uint8Array;
    readonly hall: string;
    readonly terminal: string;
  }): Promise<readonly Uint8Array[]>;
}

const day = 86_400_000;
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
  const [root] = fromPem('CERTIFICATE', text);
  const [pkcs8] = fromPem('PRIVATE KEY', text);
  if (root === undefined || pkcs8 === undefined)
    throw new Error('keys/authority.pem needs a private key and a certificate');
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
  return {
    root,
    issue: async ({ publicKey, hall, terminal }) => {
      const now = ports.clock.now().getTime();
      const names = [...place, ['OU', hall]] as const;
      const certificate = await buildCertificate(
        {
          subject: [...names, ['CN', terminal]],
          publicKey,
          use: { kind: 'issuing', names },
          notBefore: new Date(now - day),
          notAfter: new Date(now + 730 * day),
        },
        issuer,
        ports.random,
      );
      return [certificate, root];
    },
  };
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
