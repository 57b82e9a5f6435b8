import {
  type IdentityEvidence,
  type Result,
  type StoreFailure,
  verifyCredential,
} from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from '../language/useFaultWords.ts';
import { credentialOf, type ReadCode } from '../scan/index.ts';
import { useJourney } from './journey.ts';

/**
 * Takes a code as evidence of who somebody is; its signature is checked here, without the line. Answers with a sentence
 * where it does not help, or could not be kept: it may be shown again.
 */
export function useCredential(
  onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>,
): (code: ReadCode) => Promise<string | undefined> {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { place } = useJourney();
  return async (code) => {
    const credential = credentialOf(code);
    if (credential === undefined) return t(`fault:code.${code.meaning.kind}`);
    const read = await verifyCredential(credential, place.trust, place.clock);
    if (!read.ok) return t(`fault:credential.${read.error}`);
    const kept = await onEvidence(read.value);
    return kept.ok ? undefined : faultWords('store', kept.error);
  };
}
