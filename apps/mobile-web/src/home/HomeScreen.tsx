import { useTranslation } from 'react-i18next';
import { usePhoneState } from '../device/PhoneState.tsx';
import { Section, TabScreen } from '../frame/TabScreen.tsx';
import { InstallHint } from '../install/InstallHint.tsx';
import { useOwnState } from '../own/OwnState.tsx';
import { isConcluded } from '../own/stage.ts';
import type { OwnCase } from '../own/useOwn.ts';
import { CaseRow } from './CaseRow.tsx';
import { Doors } from './Doors.tsx';
import { DraftRow } from './DraftRow.tsx';
import { Need } from './Need.tsx';

/** One's own cases and unfinished applications, and the doors to new ones. */
export function HomeScreen() {
  const { t } = useTranslation();
  const state = usePhoneState();
  const own = useOwnState();
  const over = own?.cases.filter(allConcluded) ?? [];
  const open = own?.cases.filter((one) => !allConcluded(one)) ?? [];
  const nothing = own !== undefined && own.cases.length + own.unfinished.length + own.newer === 0;

  return (
    <TabScreen name="home" tab="home" heading={t('phone:home.heading')}>
      <div className="p-columns">
        <div>
          {(state.at === 'refused' || state.at === 'full') && (
            <p className="p-warn" role="alert">
              {t(`phone:home.${state.at}`)}
            </p>
          )}
          {own !== undefined && <Need cases={open} />}
          {open.length > 0 && (
            <Section heading={t('phone:home.open')} count={open.length}>
              <ul className="p-cases">
                {open.map((one) => (
                  <CaseRow key={one.receipt.number} own={one} />
                ))}
              </ul>
            </Section>
          )}
          {own !== undefined && own.unfinished.length + own.newer > 0 && (
            <Section heading={t('phone:home.unfinished')} count={own.unfinished.length + own.newer}>
              <ul className="p-cases">
                {own.unfinished.map((one) => (
                  <DraftRow key={one.visit} unfinished={one} />
                ))}
              </ul>
              {own.newer > 0 && (
                <p className="p-nothing">{t('phone:home.newer', { count: own.newer })}</p>
              )}
            </Section>
          )}
          {over.length > 0 && (
            <Section heading={t('phone:home.over')} count={over.length}>
              <ul className="p-cases">
                {over.map((one) => (
                  <CaseRow key={one.receipt.number} own={one} />
                ))}
              </ul>
            </Section>
          )}
          {nothing && <p className="p-nothing">{t('phone:home.nothing')}</p>}
        </div>
        <div>
          <Doors />
          <InstallHint />
        </div>
      </div>
    </TabScreen>
  );
}

function allConcluded({ known }: OwnCase): boolean {
  return known !== undefined && known.cases.length > 0 && known.cases.every(isConcluded);
}
