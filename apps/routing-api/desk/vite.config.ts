import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The departments' page, served by the routing API at `/departments/`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/departments/',
  plugins: [react()],
  build: {
    outDir: '../dist/desk',
    emptyOutDir: true,
    target: 'es2024',
    // The content security policy allows no data: address for scripts or styles.
    assetsInlineLimit: 0,
  },
});
