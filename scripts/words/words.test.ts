import { expect, test } from 'vitest';
import en from './en.json' with { type: 'json' };
import { say } from './index.ts';
import zh from './zh-CN.json' with { type: 'json' };

const shape = (words: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] =>
  Object.entries(words).flatMap(([room, texts]) =>
    Object.entries(texts).map(
      ([key, text]) =>
        `${room}.${key} ${[...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()}`,
    ),
  );

test('both languages say the same things with the same facts', () => {
  expect(shape(en)).toEqual(shape(zh));
});

test('a sentence carries its facts in both languages, and never a gap', () => {
  expect(say('start', 'bad-port', { port: 'x' })).toMatch(/“x”.*“x”/);
  expect(() => say('start', 'bad-port')).toThrow(/lacks port/);
});
