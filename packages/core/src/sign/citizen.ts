import { sha256 } from '../encoding.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { buildCertificate, nameBelow, type SigningKey } from './certificate.ts';
import { type Signer, webCryptoKey } from './signer.ts';

const day = 86_400_000;

/** One person signing one paper. */
export interface CitizenAct {
  /** As the person's evidence says it. */
  readonly name: string;
  /** The file to be signed, as it was shown. */
  readonly document: Uint8Array;
  /**
   * The issuing certificate of this hall and its key. Without it, as on a phone without a line, the key
   * certifies itself and the signature is called "not yet certified" until the centre has added its seal.
   */
  readonly issuer?: SigningKey & { readonly chain: readonly Uint8Array[] };
}

/**
 * Makes a P-256 key that cannot leave WebCrypto, signs exactly one document and is then dropped,
 * with a certificate bound to that document (after draft-ietf-lamps-one-signature-certs).
 * Valid from a day before, so that clocks may differ, for 90 days, so that a time-stamp can still
 * come when the line is back. The certificate tells the name and nothing else of the person.
 */
export async function createCitizenCertificate(
  act: CitizenAct,
  ports: { readonly clock: Clock; readonly random: Random },
): Promise<Signer & { readonly certified: boolean }> {
  const { issuer } = act;
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const own = webCryptoKey(pair.privateKey);
  const now = ports.clock.now().getTime();
  const [issuing] = issuer?.chain ?? [];
  const certificate = await buildCertificate(
    {
      subject: issuing
        ? nameBelow(issuing, [['CN', act.name]])
        : [
            ['C', 'CN'],
            ['CN', act.name],
          ],
      publicKey,
      use: { kind: 'citizen', document: await sha256(act.document) },
      notBefore: new Date(now - day),
      notAfter: new Date(now + 90 * day),
    },
    issuer && issuing ? { ...issuer, sign: (tbs) => issuer.sign(tbs), certificate: issuing } : own,
    ports.random,
  );
  let unused: SigningKey | undefined = own;
  return {
    algorithm: own.algorithm,
    certificate,
    chain: issuer?.chain ?? [],
    certified: issuing !== undefined,
    sign(tbs) {
      const key = unused;
      unused = undefined;
      if (!key) throw new Error('The key of a signing act signs once');
      return key.sign(tbs);
    },
  };
}
