import { sha256 } from '../encoding.ts';
import { concat, equal, toHex } from './bytes.ts';
import { documentBinding } from './certificate.ts';
import type { Certificate } from './certificateReading.ts';
import { buildChain, type Chain } from './chain.ts';
import { type CmsSignature, checkCms } from './cms.ts';
import { findHole, readContents } from './contents.ts';
import { Malformed } from './der.ts';
import { oids } from './oids.ts';
import { resolve } from './pdf/fields.ts';
import { readText } from './pdf/syntax.ts';
import type { Found, Reading } from './reading.ts';
import { judgeRevocation, type Revocation } from './revocation.ts';
import type { SignatureProblem, SignatureVerdict } from './verdict.ts';

/** Problems of who signed, not of what was signed. */
const trustProblems: ReadonlySet<SignatureProblem> = new Set([
  'not-certified',
  'untrusted',
  'not-yet-valid',
  'expired',
  'issuer-exceeded',
  'wrong-use',
  'unsupported-certificate',
  'revoked',
  'revoked-unproven',
]);

/** A signature judged by itself; a later one may still seal it. */
export type Judged = Omit<SignatureVerdict, 'sealedBy'> & {
  /** Signed by a body that a trusted authority certified itself, not by a person through a hall. */
  readonly body: boolean;
};

/** Judges one signature by itself: what it covers, who made it, and what its certificate is worth. */
export async function judgeSignature(
  reading: Reading,
  found: Found,
  anchors: readonly Certificate[],
  hashes: readonly string[],
  fileLength: number,
  revocation: Revocation | undefined,
): Promise<Judged> {
  const problems = new Set<SignatureProblem>();
  const revision = reading.revisions[found.revision];
  const state = reading.states[found.revision];
  const entries = found.dictionary?.entries;
  const textOf = (key: string) => {
    const value = state && resolve(state, entries?.get(key));
    return value?.kind === 'string' ? readText(value.bytes) : undefined;
  };
  const signedAt = parseDate(textOf('M'));
  if (!signedAt) problems.add('no-time');
  const subFilter = entries?.get('SubFilter');
  const named = subFilter?.kind === 'name' ? subFilter.name : '';
  if (named !== 'ETSI.CAdES.detached') problems.add('below-b-b');
  const hole = revision && found.dictionary && findHole(found.dictionary, revision);
  if (!hole) problems.add('byte-range');
  const cms = hole && readContents(reading.bytes, hole);
  if (hole && !cms) problems.add('signature-malformed');
  let chain: Chain | undefined;
  if (hole && cms && revision) {
    const covered = concat(
      reading.bytes.subarray(0, hole.start),
      reading.bytes.subarray(hole.end, revision.end),
    );
    if (!equal(await sha256(covered), cms.digest)) problems.add('digest-mismatch');
    if (!boundTo(cms.signer, hashes[found.revision - 1])) problems.add('other-document');
    for (const problem of await judgeCms(cms)) problems.add(problem);
    chain = signedAt && (await settle(() => buildChain(cms.signer, cms.others, anchors, signedAt)));
    for (const problem of chain?.problems ?? []) problems.add(problem);
    const revoked =
      chain && revocation && signedAt && judgeRevocation(chain.path, revocation, signedAt);
    if (revoked) problems.add(revoked);
    if (chain && bringsStrangers(cms, [...chain.path, ...anchors]))
      problems.add('signature-malformed');
  }
  return {
    field: found.field.name,
    signer: cms?.signer.commonName ?? '',
    issuer: chain?.path[1]?.commonName ?? '',
    signedAt: signedAt?.toISOString(),
    reason: textOf('Reason'),
    level: problems.has('below-b-b') || !cms ? undefined : 'B-B',
    revision: found.revision + 1,
    coversWholeFile: revision?.end === fileLength,
    intact: [...problems].every((problem) => trustProblems.has(problem)),
    trusted:
      chain?.problems.length === 0 && !problems.has('revoked') && !problems.has('revoked-unproven'),
    body: chain?.path.length === 2 && !cms?.signer.binding,
    problems: [...problems],
  };
}

async function judgeCms(cms: CmsSignature): Promise<SignatureProblem[]> {
  const problems: SignatureProblem[] = [];
  if (!cms.namedCertificate) problems.push('below-b-b');
  else if (!equal(cms.namedCertificate, await sha256(cms.signer.der)))
    problems.push('other-certificate');
  const check = await settle(() => checkCms(cms));
  if (check === 'unsupported') problems.push('unsupported-algorithm');
  else if (check !== 'valid') problems.push('signature-invalid');
  return problems;
}

/** What nothing signs must not travel along: every certificate is on the path, or one we trust. */
function bringsStrangers(cms: CmsSignature, known: readonly Certificate[]): boolean {
  return !cms.others.every((other) => known.some((one) => equal(one.der, other.der)));
}

/** Runs a check over hostile ASN.1; what cannot be read gives nothing. */
async function settle<T>(check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check();
  } catch (fault) {
    if (fault instanceof Malformed) return undefined;
    throw fault;
  }
}

/** A one-act certificate must have been made for the file as it was just before. */
function boundTo(signer: Certificate, before: string | undefined): boolean {
  const { binding } = signer;
  if (binding?.type !== documentBinding) return true;
  return binding.hash === oids.sha256 && toHex(binding.digest) === before;
}

function parseDate(text: string | undefined): Date | undefined {
  const match =
    /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(?:(\d{2})'?)?)?$/.exec(
      text ?? '',
    );
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, sign = '+', hours = '00', minutes = '00'] =
    match;
  const date = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${sign}${hours}:${minutes}`,
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}
