import type { Clock } from '../../ports/clock.ts';
import { systemRandom } from '../../ports/random.ts';
import { buildCertificate, type CertificateUse, type SigningKey } from '../certificate.ts';
import { createCitizenCertificate } from '../citizen.ts';
import type { DistinguishedName } from '../name.ts';
import { type Signer, webCryptoKey } from '../signer.ts';

/** The moment at which everyone in these tests signs. */
export const noon = new Date('2026-11-23T06:12:00Z');
export const clock: Clock = { now: () => noon };
const day = 86_400_000;
export const days = (count: number) => new Date(noon.getTime() + count * day);

export interface Key {
  readonly key: SigningKey;
  /** SubjectPublicKeyInfo (DER). */
  readonly publicKey: Uint8Array;
}

export async function makeKey(algorithm: 'ES256' | 'RS256' = 'ES256'): Promise<Key> {
  const pair = (await crypto.subtle.generateKey(
    algorithm === 'ES256'
      ? { name: 'ECDSA', namedCurve: 'P-256' }
      : {
          name: 'RSASSA-PKCS1-v1_5',
          hash: 'SHA-256',
          modulusLength: 2048,
          publicExponent: Uint8Array.of(1, 0, 1),
        },
    false,
    ['sign', 'verify'],
  )) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  return { key: webCryptoKey(pair.privateKey), publicKey };
}

export interface Issued extends Key {
  readonly certificate: Uint8Array;
}

/** A key with a certificate from `above`, or from itself. */
export async function issue(
  subject: DistinguishedName,
  use: CertificateUse,
  above?: Issued,
  options: { algorithm?: 'ES256' | 'RS256'; from?: Date; until?: Date } = {},
): Promise<Issued> {
  const own = await makeKey(options.algorithm);
  const certificate = await buildCertificate(
    {
      subject,
      use,
      publicKey: own.publicKey,
      notBefore: options.from ?? days(-30),
      notAfter: options.until ?? days(365),
    },
    above ? { ...above.key, certificate: above.certificate } : own.key,
    systemRandom,
  );
  return { ...own, certificate };
}

const centreName = [
  ['C', 'CN'],
  ['O', '澜州市政务服务中心'],
] as const;
export const hallName = [...centreName, ['OU', '南湖区大厅']] as const;

/** A demonstration centre: its root, a hall that issues to citizens, and a department with an RSA key. */
export async function openCentre() {
  const root = await issue([...centreName, ['CN', '通办演示根证书']], {
    kind: 'authority',
    below: 1,
  });
  const hall = await issue(
    [...hallName, ['CN', '07 号机签发']],
    { kind: 'issuing', names: hallName },
    root,
  );
  const department = await issue(
    [...centreName, ['CN', '澜州市公安局南湖分局']],
    { kind: 'seal' },
    root,
    { algorithm: 'RS256' },
  );
  return {
    root,
    hall,
    /** What verifiers trust. */
    trust: [root.certificate],
    seal: { ...department.key, certificate: department.certificate, chain: [] } satisfies Signer,
    citizen: (name: string, document: Uint8Array) =>
      createCitizenCertificate(
        { name, document, issuer: { ...hall.key, chain: [hall.certificate, root.certificate] } },
        { clock, random: systemRandom },
      ),
    /** As on a phone without a line. */
    uncertified: (name: string, document: Uint8Array) =>
      createCitizenCertificate({ name, document }, { clock, random: systemRandom }),
  };
}

export type Centre = Awaited<ReturnType<typeof openCentre>>;
