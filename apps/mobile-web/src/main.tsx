import '@tongban/ui/styles.css';
import './styles/app.css';
import { plainSettings, startLanguages } from '@tongban/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { awaitInstallOffer } from './install/install.ts';
import { startWorker } from './install/worker.ts';
import { rememberedSettings } from './settings/remembered.ts';

awaitInstallOffer();
const settings = { ...plainSettings, ...rememberedSettings() };
await startLanguages({ language: settings.language, namespaces: ['common', 'phone'] });
const place = document.getElementById('app');
if (place === null) throw new Error('The page has no place for the app.');
createRoot(place).render(
  <StrictMode>
    <App settings={settings} />
  </StrictMode>,
);
// The worker fetches what the first screen does not need: only once that screen has its bytes.
addEventListener('load', startWorker);
if (document.readyState === 'complete') startWorker();
