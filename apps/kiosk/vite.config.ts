import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
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
  plugins: [
    react(),
    // In a browser the page has to be there without a line; in Electron it lies on the disk and nobody registers this.
    VitePWA({
      injectRegister: false,
      manifest: false,
      workbox: {
        globPatterns: ['**/*.{html,js,mjs,css,woff2,ttf,wasm,svg,onnx,txt}'],
        // The font that papers are set in.
        maximumFileSizeToCacheInBytes: 16 * 1024 * 1024,
        navigateFallback: 'index.html',
        // The first page is kept at once, before the line can go; a newer version waits until nobody is there.
        clientsClaim: true,
        skipWaiting: false,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
});
