import type { Who } from '@tongban/sync/protocol';
import {
  LanguageChoice,
  type Remembered,
  SingleKeys,
  type StaffClient,
  StaffGate,
  useDisplay,
} from '@tongban/ui/staff';
import { type ReactNode, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AdmissionGate } from './AdmissionGate.tsx';
import { Counter } from './Counter.tsx';
import type { CounterPlace } from './filing/filings.ts';
import { rememberedWho, rememberWho } from './remembered.ts';

const roles = ['counter'] as const;

/** The counter's page: sign-in, then the window. */
export function CounterPage(props: {
  readonly client: StaffClient;
  readonly place: CounterPlace;
  readonly lasting: Pick<Storage, 'getItem' | 'setItem'>;
  readonly passing: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { client, place, passing } = props;
  const [display, setDisplay] = useDisplay(props.lasting);
  const title = t('counter.page');
  useEffect(() => {
    document.title = title;
  }, [title]);
  const remembered = useCallback((): Remembered | undefined => {
    const who = rememberedWho(passing);
    return who === undefined ? undefined : { who, catalogue: place.device.catalogue() };
  }, [passing, place]);
  const onWho = useCallback((who: Who | undefined) => rememberWho(passing, who), [passing]);
  const foot = <LanguageChoice choice={display} onChoose={setDisplay} />;
  return (
    <SingleKeys value={display.singleKeys}>
      <AdmissionGate device={place.device} foot={foot}>
        <StaffGate
          client={client}
          title={t('counter.signIn')}
          lead={t('desk.lead')}
          roles={roles}
          remembered={remembered}
          onWho={onWho}
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
    </SingleKeys>
  );
}
