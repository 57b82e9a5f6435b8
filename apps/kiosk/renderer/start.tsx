import './styles/kiosk.css';
import { startLanguages } from '@tongban/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Kiosk } from './Kiosk.tsx';

/** The self-service page. It begins in Chinese, light, in plain print: nothing of the last visit is left. */
export async function startKiosk(root: HTMLElement): Promise<void> {
  await startLanguages({
    language: 'zh-CN',
    namespaces: ['common', 'kiosk', 'journey', 'fault', 'status', 'terminal'],
  });
  createRoot(root).render(
    <StrictMode>
      <Kiosk />
    </StrictMode>,
  );
}
