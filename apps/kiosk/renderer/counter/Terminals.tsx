import { OwnHealth } from '@tongban/ui';
import { Overlay, type StaffClient, type StaffSession, TerminalsBoard } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CounterPlace } from './filing/filings.ts';

/** The terminals of the hall, and this one, over the page. */
export function Terminals(props: {
  readonly client: StaffClient;
  readonly place: CounterPlace;
  readonly session: StaffSession;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation('terminal');
  return (
    <Overlay title={t('board.title')} wide onClose={props.onClose}>
      <TerminalsBoard client={props.client} onFault={props.session.onFault} />
      <h3 className="counter-own">{t('own.title')}</h3>
      <OwnHealth device={props.place.device} />
    </Overlay>
  );
}
