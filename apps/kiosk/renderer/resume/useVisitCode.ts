import { verifyCredential } from '@tongban/core';
import type { ScannedCode } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useSession } from '../visit/SessionProvider.tsx';

/** A code says by itself what it is for: going on, progress, or who is there. Answers why one does not help. */
export function useVisitCode(): (code: ScannedCode) => Promise<string | undefined> {
  const { t } = useTranslation();
  const { visit, terminal } = useSession();
  return async ({ meaning }) => {
    switch (meaning.kind) {
      case 'handover':
        visit.send({ type: 'code', code: meaning.code });
        return undefined;
      case 'receipt':
        visit.send({ type: 'ask', receipt: meaning.receipt });
        return undefined;
      case 'credential':
      case 'sd-jwt-vc': {
        const code = meaning.kind === 'credential' ? meaning.jws : meaning.code;
        const read = await verifyCredential(code, terminal.trust(), terminal.clock);
        if (!read.ok) return t(`fault:credential.${read.error}`);
        visit.send({ type: 'identified', evidence: read.value });
        return undefined;
      }
      case 'driver-licence':
      case 'uscc':
      case 'web-address':
      case 'opaque':
        return t(`kiosk:resume.not.${meaning.kind}`);
    }
  };
}
