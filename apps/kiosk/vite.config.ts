import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import app from './package.json' with { type: 'json' };

/** The page of kiosk and counter. Its paths are relative: it is served under /kiosk/, /counter/ and app://tongban. */
export default defineConfig({
  root: `${import.meta.dirname}/renderer`,
  base: './',
  define: { __APP_VERSION__: JSON.stringify(app.version) },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2024',
    // The page's policy forbids scripts and fonts from data addresses.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  plugins: [react()],
});
