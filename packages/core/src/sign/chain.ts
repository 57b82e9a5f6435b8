import { checkSignature } from './algorithm.ts';
import { equal } from './bytes.ts';
import { usage } from './certificate.ts';
import type { Certificate } from './certificateReading.ts';
import { decode, encode, members } from './der.ts';
import { oids } from './oids.ts';

/** Why a certificate does not lead to one that is trusted. */
export type ChainProblem =
  /** Signed by itself and by nobody else: a signature made without a line. */
  | 'not-certified'
  /** No certificate that is trusted stands above it. */
  | 'untrusted'
  | 'not-yet-valid'
  | 'expired'
  /** Issued by a certificate that may not issue it: no CA, too many below, a name it may not give. */
  | 'issuer-exceeded'
  /** Made for another use than signing documents. */
  | 'wrong-use'
  /** Critical parts, algorithms or key lengths that do not count here. */
  | 'unsupported-certificate';

export interface Chain {
  /** From the signer upwards, ending with the trusted certificate where there is one. */
  readonly path: readonly Certificate[];
  readonly problems: readonly ChainProblem[];
}

const longest = 6;

/** Builds the path from a signer to a trusted certificate and judges it at a moment (RFC 5280, 6.1). */
export async function buildChain(
  leaf: Certificate,
  pool: readonly Certificate[],
  trust: readonly Certificate[],
  at: Date,
): Promise<Chain> {
  const path = [leaf];
  const problems = new Set<ChainProblem>();
  for (let top = leaf; ; ) {
    if (trust.some((anchor) => equal(anchor.der, top.der))) break;
    const above = await findIssuer(top, [...trust, ...pool]);
    if (above === 'unsupported') problems.add('unsupported-certificate');
    if (above === 'unsupported' || !above || path.length >= longest || path.includes(above)) {
      problems.add(
        equal(leaf.issuer, leaf.subject) && above === leaf ? 'not-certified' : 'untrusted',
      );
      break;
    }
    path.push(above);
    top = above;
  }
  for (const problem of judgePath(path, at)) problems.add(problem);
  return { path, problems: [...problems] };
}

async function findIssuer(
  certificate: Certificate,
  candidates: readonly Certificate[],
): Promise<Certificate | 'unsupported' | undefined> {
  let unsupported = false;
  for (const candidate of [...candidates, certificate]) {
    if (!equal(candidate.subject, certificate.issuer)) continue;
    const check = await checkSignature(
      candidate.publicKey,
      certificate.algorithm,
      certificate.signature,
      certificate.tbs,
    );
    if (check === 'valid') return candidate;
    unsupported ||= check === 'unsupported';
  }
  return unsupported ? 'unsupported' : undefined;
}

function* judgePath(path: readonly Certificate[], at: Date): Generator<ChainProblem> {
  for (const [index, certificate] of path.entries()) {
    if (at < certificate.notBefore) yield 'not-yet-valid';
    if (at > certificate.notAfter) yield 'expired';
    if (certificate.unknownCritical) yield 'unsupported-certificate';
    if (!purposesAllow(certificate)) yield 'wrong-use';
    if (index === 0) {
      if (
        certificate.authority ||
        !mayUse(certificate, usage.digitalSignature, usage.nonRepudiation)
      ) {
        yield 'wrong-use';
      }
      continue;
    }
    const issued = path.slice(0, index);
    if (!certificate.authority || !mayUse(certificate, usage.keyCertSign)) yield 'issuer-exceeded';
    const between = issued.slice(1).filter((below) => !equal(below.issuer, below.subject));
    if (certificate.below !== undefined && between.length > certificate.below)
      yield 'issuer-exceeded';
    if (!issued.every((below) => nameAllowed(below, certificate))) yield 'issuer-exceeded';
  }
}

/** Without the extension every use is open (RFC 5280, 4.2.1.3). */
function mayUse(certificate: Certificate, ...one: readonly number[]): boolean {
  return !certificate.keyUsage || one.some((bit) => certificate.keyUsage?.has(bit));
}

function purposesAllow({ purposes }: Certificate): boolean {
  return (
    !purposes || purposes.includes(oids.documentSigning) || purposes.includes(oids.emailProtection)
  );
}

/** Whether a subject lies below one of the names its issuer may give, part for part. */
function nameAllowed(certificate: Certificate, issuer: Certificate): boolean {
  if (!issuer.permittedNames) return true;
  const parts = members(decode(certificate.subject), 'SEQUENCE').map(encode);
  return issuer.permittedNames.some((permitted) =>
    members(decode(permitted), 'SEQUENCE').every((part, index) => {
      const own = parts[index];
      return own !== undefined && equal(own, encode(part));
    }),
  );
}
