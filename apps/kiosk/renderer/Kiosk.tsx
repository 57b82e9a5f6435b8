import { FrameContext, KioskStage, Primary, Screen, Surround } from '@tongban/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Boundary } from './Boundary.tsx';
import { freshPage } from './visit/ending.ts';
import { SessionProvider } from './visit/SessionProvider.tsx';
import { VisitScreens } from './visit/VisitScreens.tsx';

/** The self-service terminal: one visit, then a fresh page. */
export function Kiosk() {
  return (
    <Surround place="kiosk">
      <Boundary broken={<Broken />}>
        <SessionProvider opening={<Opening />} refused={<Refused />}>
          <VisitScreens />
        </SessionProvider>
      </Boundary>
    </Surround>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <Bare>
      <div className="opening" role="status" aria-busy="true">
        {t('common:opening')}
      </div>
    </Bare>
  );
}

function Refused() {
  const { t } = useTranslation();
  return (
    <Bare>
      <Screen
        name="refused"
        heading={t('kiosk:refused.heading')}
        lead={t('kiosk:refused.lead')}
        act={
          <Primary icon="resume" onPress={freshPage}>
            {t('common:broken.again')}
          </Primary>
        }
      />
    </Bare>
  );
}

function Broken() {
  const { t } = useTranslation();
  return (
    <Bare>
      <Screen
        name="broken"
        heading={t('common:broken.heading')}
        lead={t('kiosk:broken')}
        act={
          <Primary icon="resume" onPress={freshPage}>
            {t('common:broken.again')}
          </Primary>
        }
      />
    </Bare>
  );
}

/** The stage without a terminal behind it. */
function Bare({ children }: { readonly children: ReactNode }) {
  return (
    <FrameContext value={{ line: null, onHelp: () => undefined }}>
      <KioskStage>{children}</KioskStage>
    </FrameContext>
  );
}
