import '@tongban/ui/styles.css';
import '@tongban/ui/staff.css';
import './desk.css';
import { systemClock, systemRandom } from '@tongban/core';
import { startLanguages } from '@tongban/ui';
import { keptDisplay, staffClient } from '@tongban/ui/staff';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DeskPage } from './DeskPage.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');

await startLanguages({
  language: keptDisplay(localStorage).language,
  namespaces: ['common', 'staff'],
});

const client = staffClient({
  fetch: (...request) => fetch(...request),
  origin: '',
  timeoutMs: 20_000,
  language: () => document.documentElement.lang,
});

createRoot(root).render(
  <StrictMode>
    <DeskPage client={client} clock={systemClock} random={systemRandom} storage={localStorage} />
  </StrictMode>,
);
