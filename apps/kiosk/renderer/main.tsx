import '@tongban/ui/styles.css';
import type { Profile } from '../bridge.ts';
import { keepPage } from './keptPage.ts';

/** Which page this is: the machine says so, in a browser the path does. */
function profile(): Profile {
  if (window.tongban !== undefined) return window.tongban.profile;
  return location.pathname.startsWith('/counter') ? 'counter' : 'self-service';
}

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no place for the app.');
if (profile() === 'counter') {
  const { startCounter } = await import('./counter/start.tsx');
  await startCounter(root);
} else {
  const { startKiosk } = await import('./start.tsx');
  await startKiosk(root);
}
// After the first screen stands: it fetches everything else.
if (window.tongban === undefined) keepPage();
