import { expect, test } from 'vitest';
import { backFields, isPeriod } from './back.ts';

const values = (...texts: readonly string[]) =>
  Object.fromEntries(
    backFields(texts.map((text) => ({ text, confidence: 0.9 }))).map(({ name, value }) => [
      name,
      value,
    ]),
  );

test.each([
  ['有效期限2019.05.20-2039.05.20', '2019-05-20', '2039-05-20'],
  ['有效期限 2019.05.20一2039.05.20', '2019-05-20', '2039-05-20'],
  ['2019.05.20-长期', '2019-05-20', '长期'],
])('%s', (text, validFrom, validUntil) => {
  expect(isPeriod(text)).toBe(true);
  expect(values('签发机关云陵县公安局', text)).toEqual({
    issuedBy: '云陵县公安局',
    validFrom,
    validUntil,
  });
});

test('a day that does not exist is left out', () => {
  expect(values('有效期限2019.05.20-2039.02.30')).toEqual({ validFrom: '2019-05-20' });
});

test.each(['公民身份号码320199199403120027', '居民身份证', '2019.05.20'])(
  '%s is no period',
  (text) => {
    expect(isPeriod(text)).toBe(false);
  },
);
