import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { serialBindings } from './packaging/serialBindings.ts';

const external = [
  'electron',
  'original-fs',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

/** Main as an ES module, or the preload as CommonJS: a sandboxed preload can be nothing else. */
export default defineConfig(({ mode }) => {
  const preload = mode === 'preload';
  return {
    root: import.meta.dirname,
    build: {
      outDir: preload ? 'dist/preload' : 'dist/main',
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      ssr: true,
      lib: {
        entry: resolve(import.meta.dirname, preload ? 'preload/index.ts' : 'main/index.ts'),
        formats: [preload ? 'cjs' : 'es'],
        fileName: () => (preload ? 'index.cjs' : 'index.js'),
      },
      rollupOptions: { external, output: { codeSplitting: false } },
    },
    ssr: { noExternal: true },
    plugins: preload ? [] : [serialBindings()],
  };
});
