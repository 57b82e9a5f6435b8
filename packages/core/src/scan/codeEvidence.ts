import type { Meaning } from './classify.ts';
import type { Finding } from './codes.ts';
import type { Check, EvidenceOf, FieldRead } from './evidence.ts';

/** What one code in a frame says, before any signature was looked at. */
export interface CodeEvidence extends EvidenceOf<'code', Meaning['kind'], string> {
  readonly finding: Finding;
  readonly meaning: Meaning;
}

/**
 * A code as evidence. A right check character makes it `read`; all else is `declared`, since anyone can print a code.
 * What a credential proves is for `verifyCredential`, which needs the trust list.
 */
export function evidenceOf(finding: Finding, meaning: Meaning): CodeEvidence {
  const fields = fieldsOf(meaning);
  return {
    source: 'code',
    kind: meaning.kind,
    assurance: fields.some(({ check }) => check === 'passed') ? 'read' : 'declared',
    fields,
    confirm: meaning.kind === 'driver-licence' ? fields.map(({ name }) => name) : [],
    points: finding.points,
    finding,
    meaning,
  };
}

function fieldsOf(meaning: Meaning): readonly FieldRead[] {
  switch (meaning.kind) {
    case 'receipt':
      // The secret is for the centre alone, never for a screen.
      return [field('number', meaning.receipt.number)];
    case 'handover':
      // Locator and key: whoever sees them has the draft.
      return [];
    case 'credential':
      return [field('credential', meaning.jws)];
    case 'sd-jwt-vc':
      return [field('credential', meaning.code)];
    case 'driver-licence':
      return Object.entries(meaning.licence.values).map(([name, value]) => field(name, value));
    case 'uscc':
      return [field('code', meaning.code, 'passed')];
    case 'web-address':
      return [field('host', meaning.host), field('url', meaning.url)];
    case 'opaque':
      return [field('text', meaning.text)];
  }
}

/** A code's own error correction restored every character of it. */
function field(name: string, value: string, check: Check = 'none'): FieldRead {
  return { name, value, confidence: 1, check };
}
