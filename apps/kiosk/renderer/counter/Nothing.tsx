import { Act, faultWords, type StaffFault } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Where no case is open: why, and what can be done. */
export function Nothing(props: {
  readonly fault: StaffFault | undefined;
  readonly empty: boolean;
  onNew(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  if (props.fault !== undefined) {
    return (
      <p className="st-fault" role="alert">
        {faultWords(props.fault, t).text}
      </p>
    );
  }
  if (!props.empty) return null;
  return (
    <div className="counter-nothing">
      <h1>{t('counter.nobody')}</h1>
      <p>{t('counter.nobodyNote')}</p>
      <Act name={t('counter.new')} keys={['F']} onPress={props.onNew} />
    </div>
  );
}
