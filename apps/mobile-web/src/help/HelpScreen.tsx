import { Icon, useLocal } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { usePhoneState } from '../device/PhoneState.tsx';
import { Answer } from '../frame/Answer.tsx';
import { DoorRow, Section, TabScreen } from '../frame/TabScreen.tsx';
import { InstallHint } from '../install/InstallHint.tsx';
import { departmentName } from '../own/names.ts';

/** People to ask, ways to go on elsewhere, and how this phone is set. */
export function HelpScreen() {
  const { t } = useTranslation();
  const state = usePhoneState();
  const local = useLocal();
  const catalogue = state.at === 'ready' ? state.phone.device.catalogue() : undefined;
  const numbers = new Map(catalogue?.items.map((item) => [item.enquiry, item.department]));
  return (
    <TabScreen name="help" tab="help" heading={t('phone:help.heading')}>
      <div className="p-columns">
        <div>
          <Section heading={t('phone:help.people')}>
            <ul className="p-doors">
              {[...numbers].map(([number, department]) => (
                <li key={number}>
                  <a className="p-door" href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>
                    <Icon name="phone" />
                    <span>
                      <b>
                        <bdi>{number}</bdi>
                      </b>
                      <small>{catalogue && local(departmentName(catalogue, department))}</small>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
            <p className="p-nothing">{t('phone:help.hall')}</p>
          </Section>
          <Section heading={t('phone:help.questions')}>
            {(['offline', 'lost', 'kiosk', 'privacy'] as const).map((key) => (
              <Answer key={key} heading={t(`phone:help.q.${key}`)}>
                <p>{t(`phone:help.a.${key}`)}</p>
              </Answer>
            ))}
          </Section>
        </div>
        <div>
          <Section heading={t('phone:help.phone')}>
            <ul className="p-doors">
              <DoorRow
                icon="letters"
                name={t('phone:settings.heading')}
                note={t('phone:help.settings')}
                route={{ at: 'settings' }}
              />
              <DoorRow
                icon="person"
                name={t('phone:session.heading')}
                note={t('phone:help.session')}
                route={{ at: 'sign-in' }}
              />
              <DoorRow
                icon="clock"
                name={t('phone:doors.ask')}
                note={t('phone:doors.askNote')}
                route={{ at: 'ask' }}
              />
            </ul>
          </Section>
          <InstallHint />
        </div>
      </div>
    </TabScreen>
  );
}
