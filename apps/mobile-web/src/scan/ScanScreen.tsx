import type { ScannedCode } from '@tongban/ui';
import { Scanner } from '@tongban/ui';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { lookUp } from '../own/lookedUp.ts';
import { back, go } from '../route/useRoute.ts';

/** The camera as a door: a receipt leads to its case, a code from a kiosk brings the application here. */
export function ScanScreen() {
  const { t } = useTranslation();
  const { visits } = usePhone();

  const take = async ({ meaning }: ScannedCode): Promise<string | undefined> => {
    switch (meaning.kind) {
      case 'receipt':
        lookUp(meaning.receipt);
        go({ at: 'case', receipt: meaning.receipt.number }, { replace: true });
        return undefined;
      case 'handover': {
        const taken = await visits.take(meaning.code);
        if (!taken.ok) return t(`phone:scan.handover.${taken.error}`);
        go({ at: 'visit', visit: taken.value }, { replace: true });
        return undefined;
      }
      case 'web-address':
        return t('phone:scan.web', { host: meaning.host });
      case 'credential':
      case 'sd-jwt-vc':
        return t('phone:scan.credential');
      case 'driver-licence':
      case 'uscc':
      case 'opaque':
        return t(`phone:scan.${meaning.kind}`);
    }
  };

  return (
    <Suspense fallback={<div className="p-scan-waiting" data-screen="scan" />}>
      <Scanner
        look="full"
        onCode={take}
        onClose={back}
        onType={() => go({ at: 'ask' }, { replace: true })}
      />
    </Suspense>
  );
}
