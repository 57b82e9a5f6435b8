import { Dialog, Primary, Second } from '@tongban/ui';
import { useTranslation } from 'react-i18next';

interface LeaveDialogProps {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** An application that is left here is gone: said before, where something was filled in. */
export function LeaveDialog({ onStay, onLeave }: LeaveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      name="leave"
      heading={t('kiosk:leave.heading')}
      onClose={onStay}
      act={
        <>
          <Primary onPress={onStay}>{t('kiosk:leave.stay')}</Primary>
          <Second icon="bin" onPress={onLeave}>
            {t('kiosk:leave.go')}
          </Second>
        </>
      }
    >
      <p className="help-say">{t('kiosk:leave.lead')}</p>
    </Dialog>
  );
}
