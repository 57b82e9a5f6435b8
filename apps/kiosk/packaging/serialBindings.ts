import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const loader = 'node-gyp-build';
const virtual = `\0${loader}`;

/**
 * Bundles serialport like everything else and lays its native library beside main, one file for each machine a package
 * is made for, and for the one that builds. What it came with looks for the library in a `node_modules`, and the package
 * has none.
 */
export function serialBindings(): Plugin {
  return {
    name: 'serial-bindings',
    config: () => ({ define: { __dirname: 'import.meta.dirname' } }),
    resolveId: { order: 'pre', handler: (id) => (id === loader ? virtual : undefined) },
    load: (id) =>
      id === virtual
        ? `import { createRequire } from 'node:module';
           const require = createRequire(import.meta.url);
           export default () => require(\`./native/serialport-\${process.platform}-\${process.arch}.node\`);`
        : undefined,
    generateBundle() {
      for (const machine of new Set(['linux-x64', 'linux-arm64', here]))
        this.emitFile({
          type: 'asset',
          fileName: `native/serialport-${machine}.node`,
          source: readFileSync(libraryFor(machine)),
        });
    },
  };
}

const here = `${process.platform}-${process.arch}`;

/** @throws Error when serialport brings none for that machine. */
function libraryFor(machine: string): string {
  const [platform = '', arch = ''] = machine.split('-');
  const kiosk = createRequire(import.meta.url);
  const serialport = createRequire(kiosk.resolve('serialport'));
  const bindings = dirname(dirname(serialport.resolve('@serialport/bindings-cpp')));
  const all = join(bindings, 'prebuilds');
  const folder = readdirSync(all).find((name) => {
    const [system, machines = ''] = name.split('-');
    return system === platform && machines.split('+').includes(arch);
  });
  const files = folder === undefined ? [] : readdirSync(join(all, folder));
  // Of two for Linux, the one for the C library of Debian.
  const file = files.find((name) => name.endsWith('.node') && !name.includes('musl'));
  if (folder === undefined || file === undefined)
    throw new Error(`serialport brings no library for ${machine}`);
  return join(all, folder, file);
}
