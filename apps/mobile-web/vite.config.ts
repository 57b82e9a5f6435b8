import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import app from './package.json' with { type: 'json' };

export default defineConfig({
  base: '/phone/',
  define: { __APP_VERSION__: JSON.stringify(app.version) },
  build: {
    target: 'es2024',
    manifest: true,
    // A script that is a few kilobytes large is not worth a data address, which the page's policy forbids.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  plugins: [
    react(),
    VitePWA({
      scope: '/phone/',
      base: '/phone/',
      filename: 'sw.js',
      // A new version waits for a quiet moment: scripts must not change under a form.
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        id: '/phone/',
        name: '通办',
        short_name: '通办',
        description: '在手机上办事，没有网络也能办',
        lang: 'zh-CN',
        dir: 'ltr',
        start_url: '/phone/',
        scope: '/phone/',
        display: 'standalone',
        background_color: '#f6f4ee',
        theme_color: '#f6f4ee',
        categories: ['government', 'utilities'],
        icons: [
          { src: 'icons/mark-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icons/mark-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          {
            src: 'icons/maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
        shortcuts: [
          { name: '办事', url: '/phone/choose/event' },
          { name: '扫一扫', url: '/phone/scan' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,mjs,css,html,json,svg,png,woff2,wasm,webmanifest}'],
        maximumFileSizeToCacheInBytes: 4_000_000,
        navigateFallback: '/phone/index.html',
        navigateFallbackAllowlist: [/^\/phone\//],
        // The reader of cards' print is large: it is kept once somebody has held a card before the camera.
        globIgnores: ['**/ort-wasm-*'],
        runtimeCaching: [
          {
            urlPattern: /\/assets\/(ort-wasm|ch_PP-OCR|ppocr_keys)[^/]*$/,
            handler: 'CacheFirst',
            options: { cacheName: 'print-reader', expiration: { maxEntries: 6 } },
          },
        ],
        cleanupOutdatedCaches: true,
        // The page that registered it is served by it at once: the line may go in the very first visit.
        clientsClaim: true,
      },
    }),
  ],
});
