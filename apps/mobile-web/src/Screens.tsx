import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhoneState } from './device/PhoneState.tsx';
import { HomeScreen } from './home/HomeScreen.tsx';
import { useBusy } from './install/worker.ts';
import type { Route } from './route/route.ts';
import { useRoute } from './route/useRoute.ts';

/** Everything but the home comes when it is first gone to; the service worker has it lying ready. */
const Further = lazy(() => import('./Further.tsx').then(({ Further }) => ({ default: Further })));

/** Screens that a fresh page would take nothing from. */
const atRest: ReadonlySet<Route['at']> = new Set(['home', 'choose', 'case', 'help', 'settings']);

/** The screen of the present address. The home answers before the store is open, the others need it. */
export function Screens() {
  const route = useRoute();
  const phone = usePhoneState();
  useBusy(!atRest.has(route.at));
  if (route.at === 'home') return <HomeScreen />;
  if (phone.at === 'refused' || phone.at === 'full') return <HomeScreen />;
  if (phone.at === 'opening') return <Opening />;
  return (
    <Suspense fallback={<Opening />}>
      <Further route={route} />
    </Suspense>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <main className="p-opening" aria-busy="true">
      <p role="status">{t('common:opening')}</p>
    </main>
  );
}
