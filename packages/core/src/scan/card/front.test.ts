import { expect, test } from 'vitest';
import { frontFields, numberIn } from './front.ts';

const number = { text: '公民身份号码320199199403120027', confidence: 0.97 };
const printed = [
  '姓名丁小禾',
  '性别女 民族汉',
  '出生1994年3月12日',
  '住址云陵县青石镇望江路3',
  '号',
];
const lines = (texts: readonly string[]) => texts.map((text) => ({ text, confidence: 0.9 }));
const check = (
  from = number,
  texts: readonly string[] = printed,
  name: ReturnType<typeof frontFields>[number]['name'] = 'residentId',
) => frontFields(from, lines(texts)).find((field) => field.name === name)?.check;

test('all fields of a front', () => {
  expect(frontFields(number, lines(printed))).toEqual([
    { name: 'residentId', value: '320199199403120027', confidence: 0.97, check: 'passed' },
    { name: 'name', value: '丁小禾', confidence: 0.9, check: 'none' },
    { name: 'sex', value: '2', confidence: 0.9, check: 'passed' },
    { name: 'birthDate', value: '1994-03-12', confidence: 0.9, check: 'passed' },
    { name: 'ethnicity', value: '01', confidence: 0.9, check: 'none' },
    { name: 'address', value: '云陵县青石镇望江路3号', confidence: 0.9, check: 'none' },
  ]);
});

test.each([
  ['a wrong check character', { ...number, text: '320199199403120028' }, printed, 'failed'],
  ['another birth date', number, printed.with(2, '出生1994年3月13日'), 'failed'],
  ['another sex', number, printed.with(1, '性别男民族汉'), 'failed'],
  ['no birth date', number, printed.toSpliced(2, 1), 'none'],
  ['no sex', number, printed.toSpliced(1, 1), 'none'],
  ['an unsure character', { ...number, confidence: 0.79 }, printed, 'none'],
] as const)('a number with %s is not right', (_, from, texts, expected) => {
  expect(check(from, texts)).toBe(expected);
  expect(check(from, texts, 'birthDate')).not.toBe('passed');
  expect(check(from, texts, 'sex')).not.toBe('passed');
});

test('a region that does not exist is not right', () => {
  // The check character of 990199…002 is 3.
  expect(check({ ...number, text: '990199199403120023' })).not.toBe('passed');
});

test('labels that were not made out', () => {
  const bare = lines(['丁小禾', '女汉', '1994年3月12日', '云陵县青石镇']);
  expect(frontFields(number, bare)).toMatchObject([
    { check: 'passed' },
    { name: 'name', value: '丁小禾' },
    { name: 'sex', value: '2' },
    { name: 'birthDate' },
    { name: 'ethnicity', value: '01' },
    { name: 'address', value: '云陵县青石镇' },
  ]);
});

test.each([
  ['公民身份号码 3201 9919 9403 1200 2X', '32019919940312002X'],
  ['320199199403120027', '320199199403120027'],
  ['32019919940312002×', '32019919940312002X'],
  ['3201991994031200271', undefined],
  ['32019919940312', undefined],
])('the number in %s', (text, expected) => {
  expect(numberIn(text)).toBe(expected);
});
