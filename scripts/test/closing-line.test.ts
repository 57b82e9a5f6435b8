import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongban-closing-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs Vitest on `files` in a process of its own. */
function run(files: Readonly<Record<string, string>>): {
  line: string | undefined;
  status: number;
} {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const program = `
    import { startVitest } from 'vitest/node';
    import { ClosingLine } from ${JSON.stringify(join(import.meta.dirname, 'closing-line.ts'))};
    const options = { root: ${JSON.stringify(folder)}, config: false, globals: true, watch: false };
    const vitest = await startVitest([], { ...options, reporters: [new ClosingLine()] });
    await vitest.close();
    process.exit();`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { line: stdout.trimEnd().split('\n').at(-1), status: status ?? 1 };
}

describe('the closing line', { timeout: 60_000 }, () => {
  test('counts what passed and what was set aside', () => {
    const { line, status } = run({
      'a.test.js': `test('one', () => {}); test('two', () => {}); test.skip('three', () => {});`,
    });
    expect(line).toBe('2 passed, 0 failed, 1 skipped');
    expect(status).toBe(0);
  });

  test('counts as failed a module that does not load and a hook that fails', () => {
    const { line, status } = run({
      'ok.test.js': `test('one', () => {});`,
      'load.test.js': `throw new Error('does not load');`,
      'hook.test.js': `describe('all', () => { beforeAll(() => { throw new Error('no'); }); test('x', () => {}); });`,
    });
    expect(line).toBe('1 passed, 2 failed, 1 skipped');
    expect(status).toBe(1);
  });

  test('counts as failed an error that nobody handled', () => {
    const { line, status } = run({
      'a.test.js': `test('one', async () => { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 50)); });`,
    });
    expect(line).toBe('1 passed, 1 failed, 0 skipped');
    expect(status).toBe(1);
  });

  test('is a failure when no test ran at all', () => {
    const { line, status } = run({});
    expect(line).toMatch(/^0 passed, 1 failed/);
    expect(status).toBe(1);
  });
});
