import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../build/sources.ts';

const floors = new Set([
  'lint/correctness/noNodejsModules',
  'lint/nursery/noJsRestrictedProperties',
  'lint/style/noRestrictedGlobals',
  'lint/style/noRestrictedImports',
]);

/** Files that break a floor below `folder`, as Biome finds them. */
function breaking(folder: string, ...paths: readonly string[]): string[] {
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const options = ['--reporter=json', '--max-diagnostics=none'];
  const { stdout } = spawnSync(biome, ['lint', ...options, ...paths], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  return diagnostics
    .filter(({ category }) => floors.has(category))
    .map(({ location }) => location.path)
    .sort();
}

const imports = (name: string): string => `import { x } from '${name}';\nexport const y = x;\n`;

const refused: Readonly<Record<string, string>> = {
  'packages/core/src/ours.ts': imports('@tongban/sync'),
  'packages/core/src/react.ts': imports('react'),
  'packages/core/src/node.ts': imports('node:fs'),
  'packages/core/src/window.ts': 'export const y = window.name;\n',
  'packages/core/src/process.ts': 'export const y = process.env;\n',
  'packages/core/src/fetch.ts': 'export const y = () => fetch("/");\n',
  'packages/core/src/now.ts': 'export const y = Date.now();\n',
  'packages/core/src/random.ts': 'export const y = Math.random();\n',
  'packages/sync/src/ui.ts': imports('@tongban/ui'),
  'packages/sync/src/node.ts': imports('node:crypto'),
  'packages/sync/src/protocol/rxdb.ts': imports('rxdb'),
  'packages/ui/src/sync.tsx': imports('@tongban/sync'),
  'packages/ui/src/electron.tsx': imports('electron'),
  'apps/routing-api/src/sync.ts': imports('@tongban/sync'),
  'apps/routing-api/src/ui.ts': imports('@tongban/ui'),
  'apps/routing-api/src/react.ts': imports('react'),
  'apps/mobile-web/src/node.tsx': imports('node:fs'),
  'apps/kiosk/main/deep.ts': imports('../../../packages/core/src/ids.ts'),
};

const allowed: Readonly<Record<string, string>> = {
  'packages/core/src/crypto.ts': 'export const y = globalThis.crypto.subtle;\n',
  'packages/core/src/a.test.ts': imports('node:fs'),
  'packages/sync/src/core.ts': imports('@tongban/core'),
  'packages/sync/src/rxdb.ts': imports('rxdb'),
  'packages/ui/src/core.tsx': imports('@tongban/core'),
  'apps/routing-api/src/protocol.ts': imports('@tongban/sync/protocol'),
  'apps/routing-api/src/node.ts': imports('node:fs'),
  'apps/kiosk/main/electron.ts': imports('electron'),
};

describe('the floors', { timeout: 60_000 }, () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tongban-floors-'));
    const settings = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...settings, vcs: undefined }));
    for (const [path, code] of Object.entries({ ...refused, ...allowed })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), code);
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('refuse what reaches down or sideways, and nothing else', () => {
    expect(breaking(folder, '.')).toEqual(Object.keys(refused).sort());
  });

  test('hold in the whole tree', () => {
    expect(breaking(root, 'packages', 'apps')).toEqual([]);
  });
});
