import type { Answer, Draft } from '@tongban/core';
import type { TFunction } from 'i18next';

/** Evidence by where it came from: a typed number is nobody's document. */
const ofEvidence = {
  'card-reader': 'identityCard',
  'credential-code': 'identityCode',
  camera: 'identityCamera',
  typed: 'identityTyped',
  staff: 'identity',
} as const;

/** Where an answer came from, as exactly as it is known. */
export function sourceWords(answer: Answer, draft: Draft, t: TFunction): string {
  const evidence = draft.evidence.at(-1);
  return answer.source === 'identity' && evidence !== undefined
    ? t(`common:source.${ofEvidence[evidence.source]}`)
    : t(`common:source.${answer.source}`);
}
