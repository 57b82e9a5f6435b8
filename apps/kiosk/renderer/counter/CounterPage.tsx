import { HandScanning } from '@tongban/ui';
import {
  LanguageChoice,
  SingleKeys,
  type StaffClient,
  StaffGate,
  useDisplay,
} from '@tongban/ui/staff';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Boundary } from '../Boundary.tsx';
import { AdmissionGate } from './AdmissionGate.tsx';
import { Broken } from './Broken.tsx';
import { Counter } from './Counter.tsx';
import type { CounterPlace } from './filing/filings.ts';
import { offlineStaff } from './offlineStaff.ts';
import { staffByCode } from './staffByCode.ts';

const roles = ['counter'] as const;

/** The counter's page: sign-in, then the window. */
export function CounterPage(props: {
  readonly client: StaffClient;
  readonly place: CounterPlace;
  readonly lasting: Pick<Storage, 'getItem' | 'setItem'>;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { client, place } = props;
  const [display, setDisplay] = useDisplay(props.lasting);
  const title = t('counter.page');
  useEffect(() => {
    document.title = title;
  }, [title]);
  const offline = useMemo(() => offlineStaff(place.device), [place]);
  const byCode = useMemo(
    () => (place.signsInByCode ? staffByCode(place.device) : undefined),
    [place],
  );
  const foot = <LanguageChoice choice={display} onChoose={setDisplay} />;
  return (
    <SingleKeys value={display.singleKeys}>
      <Boundary broken={<Broken />}>
        {/* Around the gates too: outside of it what a scanner types would be somebody's try of a PIN. */}
        <HandScanning scanners={place.scanners}>
          <AdmissionGate device={place.device} foot={foot}>
            <StaffGate
              client={client}
              page="counter"
              title={t('counter.signIn')}
              lead={t('desk.lead')}
              roles={roles}
              {...(byCode === undefined ? {} : { byCode })}
              {...(offline === undefined ? {} : { offline })}
              foot={foot}
            >
              {(session) => (
                <Counter
                  session={session}
                  client={client}
                  place={place}
                  display={display}
                  onDisplay={setDisplay}
                />
              )}
            </StaffGate>
          </AdmissionGate>
        </HandScanning>
      </Boundary>
    </SingleKeys>
  );
}
