import type { Clock, Random } from '@tongban/core';
import {
  LanguageChoice,
  SingleKeys,
  type StaffClient,
  StaffGate,
  useDisplay,
} from '@tongban/ui/staff';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Desk } from './Desk.tsx';

const roles = ['desk', 'supervisor'] as const;

/** The departments' page: sign-in, then the desk. */
export function DeskPage(props: {
  readonly client: StaffClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}): ReactNode {
  const { t } = useTranslation('staff');
  const [display, setDisplay] = useDisplay(props.storage);
  const title = t('desk.page');
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <SingleKeys value={display.singleKeys}>
      <StaffGate
        client={props.client}
        page="departments"
        title={t('desk.signIn')}
        lead={t('desk.lead')}
        roles={roles}
        foot={<LanguageChoice choice={display} onChoose={setDisplay} />}
      >
        {(session) => (
          <Desk
            session={session}
            client={props.client}
            clock={props.clock}
            random={props.random}
            display={display}
            onDisplay={setDisplay}
          />
        )}
      </StaffGate>
    </SingleKeys>
  );
}
