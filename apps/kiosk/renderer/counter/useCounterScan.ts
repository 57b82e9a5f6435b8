import { parseCaseNumber } from '@tongban/core';
import { useHandScan } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { filingFault } from './filing/filingFault.ts';
import type { FilingsHere } from './useFilings.ts';

/** What a code does at the counter while no dialog lies over it: it opens the case, or takes over what was begun elsewhere. */
export function useCounterScan(counter: {
  /** The centre does not let this terminal serve. */
  readonly shut: boolean;
  readonly takeOver: FilingsHere['takeOver'];
  find(text: string): Promise<void>;
}): void {
  const { t } = useTranslation('staff');
  useHandScan(async ({ meaning }) => {
    switch (meaning.kind) {
      case 'receipt':
        await counter.find(meaning.receipt.number);
        return undefined;
      case 'handover': {
        if (counter.shut) return t('terminal:closed.staff');
        const failure = await counter.takeOver(meaning.code, undefined);
        return failure && filingFault(failure, t);
      }
      case 'credential':
      case 'sd-jwt-vc':
        return t('scanned.identity');
      case 'web-address':
        return t('scanned.web-address');
      case 'opaque': {
        const number = parseCaseNumber(meaning.text);
        if (number === undefined) return t('scanned.unknown');
        await counter.find(number);
        return undefined;
      }
      case 'driver-licence':
      case 'uscc':
        return t('scanned.unknown');
    }
  });
}
