import { describe, expect, test } from 'vitest';
import { breaches, rulesOf } from './spec.ts';

const specification = `
## Custody
- **[C1]** What is acknowledged stays, as [C2] says too.
[C2] A rule without a list.
  * [L10a] An indented one.
`;

const always = (): boolean => true;

describe('rules and tests', () => {
  test('a rule stands at the beginning of a line or list item, anything else refers to one', () => {
    expect(rulesOf(specification)).toEqual(['C1', 'C2', 'L10a']);
  });

  test('nothing is wrong when each rule has a test and each test a rule', () => {
    const tests = [
      { name: '[C1] outbox > [C2] stays', file: 'a' },
      { name: '[L10a] indented', file: 'a' },
    ];
    expect(breaches(specification, tests, always)).toEqual([]);
  });

  test('says which rule has no test, which test no rule, and which rule does not exist', () => {
    const tests = [
      { name: '[C1] [C9] stays', file: 'a' },
      { name: 'a test', file: 'b' },
      { name: '[L10a] indented', file: 'a' },
    ];
    expect(breaches(specification, tests, always)).toEqual([
      'a: “[C1] [C9] stays” names [C9], which is no rule.',
      'b: “a test” names no rule.',
      '[C2] has no test that names it.',
    ]);
    expect(breaches(specification, tests, ({ file }) => file !== 'b')).toHaveLength(2);
  });

  test('says which rule is laid down twice', () => {
    expect(breaches('- [C1] a\n- [C1] b', [{ name: '[C1]', file: 'a' }], always)).toEqual([
      '[C1] is laid down twice.',
    ]);
  });
});
