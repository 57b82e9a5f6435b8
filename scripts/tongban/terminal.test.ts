import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTongban, type Tongban } from '../../tests/support/index.ts';
import { dispatch } from './dispatch.ts';
import {
  terminalCloseCommand,
  terminalCodeCommand,
  terminalListCommand,
  terminalRevokeCommand,
} from './terminal.ts';

let tongban: Tongban;
beforeAll(async () => {
  tongban = await startTongban({ production: true });
});
afterAll(() => tongban?.stop());

const commands = [
  terminalCodeCommand,
  terminalListCommand,
  terminalCloseCommand,
  terminalRevokeCommand,
];

async function call(...args: readonly string[]) {
  const results: string[] = [];
  const remarks: string[] = [];
  const code = await dispatch(['terminal', ...args, '--data', tongban.dataFolder], commands, {
    result: (line) => void results.push(line),
    remark: (line) => void remarks.push(line),
  });
  return { code, results, remarks: remarks.join('\n') };
}

test('a code is alone on its line, so that it can be piped into a file', async () => {
  const { code, results, remarks } = await call('code', 'kiosk', 'nanhu');
  expect(code).toBe(0);
  expect(results).toEqual([expect.stringMatching(/^(\d{4}-){3}\d{4}$/)]);
  expect(remarks).toContain('24 小时');
});

test('terminals are listed as people and as programs read them', async () => {
  expect(await call('list')).toMatchObject({ code: 0, results: [] });
  const { results } = await call('list', '--json');
  expect(JSON.parse(results[0] ?? '')).toEqual({ terminals: [], revoked: [] });
});

test.each([
  ['another kind of terminal', ['code', 'phone', 'nanhu'], 'phone'],
  ['a terminal that is not there', ['close', 'nobody', '--why', 'test'], 'nobody'],
  ['no reason', ['close', 'nobody'], '--why'],
  ['an empty reason', ['revoke', 'nobody', '--why', ' '], '--why'],
  [
    'a time without a zone',
    ['revoke', 'nobody', '--why', 'x', '--since', '2026-11-23'],
    '2026-11-23',
  ],
])('%s is refused with code 2 and a sentence', async (_, args, sentence) => {
  const { code, results, remarks } = await call(...args);
  expect(code).toBe(2);
  expect(results).toEqual([]);
  expect(remarks).toContain(sentence);
});
