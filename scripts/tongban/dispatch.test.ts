import { describe, expect, test } from 'vitest';
import type { Command } from './command.ts';
import { dispatch } from './dispatch.ts';

const echo: Command = {
  name: 'audit verify',
  usage: '[FILE] [--json]',
  options: { json: { type: 'boolean' } },
  takes: [0, 1],
  async run({ positionals, values }, out) {
    out.result(JSON.stringify({ positionals, json: values.json ?? false }));
    return positionals[0] === 'bad' ? 1 : 0;
  },
};

const broken: Command = {
  ...echo,
  name: 'scan',
  run: () => Promise.reject(new Error('a bug')),
};

const call = async (...args: readonly string[]) => {
  const results: string[] = [];
  const remarks: string[] = [];
  const code = await dispatch(args, [echo, broken], {
    result: (line) => void results.push(line),
    remark: (line) => void remarks.push(line),
  });
  return { code, results: results.join('\n'), remarks: remarks.join('\n') };
};

describe('the command line', () => {
  test('runs the command that its words name, with options and positionals', async () => {
    const { code, results } = await call('audit', 'verify', 'file', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(results)).toEqual({ positionals: ['file'], json: true });
    expect((await call('audit', 'verify', 'bad')).code).toBe(1);
  });

  test('shows its help when asked, and as a fault when asked for nothing', async () => {
    for (const word of ['help', '--help', '-h']) expect((await call(word)).code).toBe(0);
    expect((await call('--help')).results).toContain('tongban audit verify [FILE] [--json]');
    expect((await call()).code).toBe(2);
    expect((await call('scan', '--help')).code).toBe(0);
  });

  test.each([
    ['a command that it does not have', ['audit', 'mend'], 'audit mend'],
    ['an option that it does not have', ['audit', 'verify', '--wrong'], '--wrong'],
    ['too many arguments', ['audit', 'verify', 'a', 'b'], 'number of arguments'],
  ])('refuses %s with code 2 and a sentence', async (_name, args, sentence) => {
    const { code, results, remarks } = await call(...args);
    expect(code).toBe(2);
    expect(results).toBe('');
    expect(remarks).toContain(sentence);
  });

  test('a bug ends with code 2, not as an answer', async () => {
    const { code, remarks } = await call('scan');
    expect(code).toBe(2);
    expect(remarks).toContain('a bug');
  });
});
