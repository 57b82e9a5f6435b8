import {
  type IdentityEvidence,
  type Result,
  type StoreFailure,
  verifyCredential,
} from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from '../language/useFaultWords.ts';
import { credentialOf, type ScannedCode } from '../scan/index.ts';
import { useJourney } from './journey.ts';

/** Takes a code for who somebody is. Its signature is checked here, without the line. Answers why one does not help. */
export function useIdentityCode(
  onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>,
): (code: ScannedCode) => Promise<string | undefined> {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { place } = useJourney();
  return async (code) => {
    const credential = credentialOf(code);
    if (credential === undefined) return t(`fault:code.${code.meaning.kind}`);
    const read = await verifyCredential(credential, place.trust, place.clock);
    if (!read.ok) return t(`fault:credential.${read.error}`);
    // What could not be kept is said, and the scanner goes on: the code may be shown again.
    const kept = await onEvidence(read.value);
    return kept.ok ? undefined : faultWords('store', kept.error);
  };
}
