import '@tongban/ui/staff.css';
import './counter.css';
import { startLanguages } from '@tongban/ui';
import { keptDisplay, staffClient } from '@tongban/ui/staff';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CounterPage } from './CounterPage.tsx';
import { openPlace } from './openPlace.ts';
import { Refused } from './Refused.tsx';

/** Shows the counter's page in `root`. */
export async function startCounter(root: HTMLElement): Promise<void> {
  document.documentElement.dataset.place = 'counter';
  await startLanguages({
    language: keptDisplay(localStorage).language,
    namespaces: ['common', 'fault', 'journey', 'staff', 'terminal'],
  });
  const page = createRoot(root);
  const place = await openPlace();
  if (!place.ok) return page.render(<Refused why={place.error} />);
  const client = staffClient({
    fetch: (...request) => fetch(...request),
    origin: '',
    timeoutMs: 20_000,
    language: () => document.documentElement.lang,
  });
  page.render(
    <StrictMode>
      <CounterPage client={client} place={place.value} lasting={localStorage} />
    </StrictMode>,
  );
}
