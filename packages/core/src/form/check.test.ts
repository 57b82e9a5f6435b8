import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DictionaryField } from '../catalogue/schema.ts';
import { checkAnswer } from './check.ts';
import { normalAnswer } from './normal.ts';
import { parseResidentId } from './residentId.ts';
import { checkUscc } from './uscc.ts';

const today = new Date('2026-11-23T06:00:00Z');
const text = { 'zh-CN': '字段', en: 'field' };
function field(kind: DictionaryField['kind'], more: Partial<DictionaryField> = {}) {
  return {
    id: 'field',
    label: text,
    kind,
    grade: 2,
    purpose: text,
    retentionYears: 1,
    maxLength: 50,
    ...more,
  } satisfies DictionaryField;
}
const check = (kind: DictionaryField['kind'], value: string) =>
  checkAnswer(field(kind), value, true, today);

describe('resident ID numbers (GB 11643)', () => {
  it('accepts the vector of the standard', () => {
    expect(parseResidentId('11010519491231002X')).toEqual({
      ok: true,
      value: { number: '11010519491231002X', birthDate: '1949-12-31', sex: '2', region: '110105' },
    });
    expect(parseResidentId(' １１０１０５ 19491231 002x ').ok).toBe(true);
  });

  it.each([
    ['110105194912310021', 'id-check-digit'],
    ['11010519491231002', 'id-length'],
    ['11010519491231002XX', 'id-characters'],
    ['110105194912310O2X', 'id-characters'],
    ['110105194902300027', 'id-birth-date'],
    ['110105194913310024', 'id-birth-date'],
    ['', 'id-length'],
  ])('says of %s: %s', (number, error) => {
    expect(parseResidentId(number)).toEqual({ ok: false, error });
  });

  it('refuses a birth date after today in China, not in the zone of the machine', () => {
    const born = residentId('320199', '20261124', '002');
    expect(parseResidentId(born, new Date('2026-11-23T15:59:59Z'))).toMatchObject({ ok: false });
    expect(parseResidentId(born, new Date('2026-11-23T16:00:00Z'))).toMatchObject({ ok: true });
  });

  it('finds every single wrong digit and every exchange of neighbours', () => {
    const number = fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 20_000 }));
    const right = number.map(([tail, day]) => {
      const date = new Date(Date.UTC(1960, 0, 1 + day)).toISOString().slice(0, 10);
      return residentId('320199', date.replaceAll('-', ''), String(tail).padStart(3, '0'));
    });
    fc.assert(
      fc.property(right, fc.nat(16), fc.nat(9), (id, place, digit) => {
        expect(parseResidentId(id).ok).toBe(true);
        const wrong = `${id.slice(0, place)}${digit}${id.slice(place + 1)}`;
        expect(parseResidentId(wrong).ok).toBe(wrong === id);
        const swapped = `${id.slice(0, place)}${id[place + 1]}${id[place]}${id.slice(place + 2)}`;
        expect(parseResidentId(swapped).ok).toBe(swapped === id);
      }),
    );
  });
});

describe('unified social credit codes (GB 32100)', () => {
  it.each(['91350100M000100Y43', '91512081MA62K0260E'])('accepts %s', (code) => {
    expect(checkUscc(code)).toBeUndefined();
    expect(check('uscc', ` ${code.toLowerCase()} `)).toBeUndefined();
  });

  it('tells a wrong check character from a wrong alphabet', () => {
    expect(checkUscc('91350100M000100Y4Z')).toBe('uscc-characters');
    expect(checkUscc('91350100M000100Y44')).toBe('uscc-check-digit');
    expect(checkUscc('91350100M000100Y4')).toBe('uscc-characters');
  });
});

describe('names', () => {
  it.each(['丁小禾', '阿依古丽·买买提', '𠮷田', '〇', 'Anna-Maria O’Neil', 'مەريەم', 'J\u0301o'])(
    'takes %s',
    (name) => expect(check('name', name)).toBeUndefined(),
  );

  it.each(['丁小禾2', '丁小禾!', '·丁', '丁··禾', '😀', '\ud842'])('refuses %j', (name) =>
    expect(check('name', name)).toBe('not-a-name'),
  );

  it('counts code points, never UTF-16 units', () => {
    expect(check('name', '𠮷'.repeat(50))).toBeUndefined();
    expect(check('name', '𠮷'.repeat(51))).toBe('too-long');
  });

  it('makes one dot of the many that keyboards offer, and exchanges nothing else', () => {
    for (const dot of ['·', '•', '‧', '・', ' · '])
      expect(normalAnswer({ kind: 'name' }, `古丽${dot}艾合买提`)).toBe('古丽·艾合买提');
    expect(normalAnswer({ kind: 'name' }, ' 凞\uf900 ')).toBe('凞\uf900');
  });
});

describe('other kinds', () => {
  it.each([
    ['mobile', '138 0013 6620', undefined],
    ['mobile', '+8613800136620', undefined],
    ['mobile', '12800136620', 'not-a-mobile'],
    ['mobile', '1380013662', 'not-a-mobile'],
    ['bank-card', '4539 1488 0343 6467', undefined],
    ['bank-card', '4539148803436468', 'not-a-bank-card'],
    ['bank-card', '0', 'not-a-bank-card'],
    ['date', '2026年11月9日', undefined],
    ['date', '20260229', 'not-a-date'],
    ['date', '2024-02-29', undefined],
    ['date', '2026-11-24', 'date-in-future'],
    ['date', '1899-12-31', 'not-a-date'],
    ['money', '12,000.50', undefined],
    ['money', '0.125', 'not-an-amount'],
    ['money', '-1', 'not-an-amount'],
    ['yes-no', 'yes', undefined],
    ['yes-no', 'true', 'not-a-choice'],
    ['region', '320199101000', undefined],
    ['region', '32019910', 'not-a-region'],
    ['text', 'x', undefined],
    ['address', '南湖区桂子路 18 号', undefined],
  ] as const)('%s %s: %s', (kind, value, fault) => {
    expect(check(kind, value)).toBe(fault);
  });

  it.each([
    ['20261109', '2026-11-09'],
    ['2026.11.9', '2026-11-09'],
    ['2026/1/2', '2026-01-02'],
    ['2026年11月9日', '2026-11-09'],
    [' ２０２６1109 ', '2026-11-09'],
    ['昨天', '昨天'],
    ['261109', '261109'],
    ['2026110', '2026110'],
  ])('takes the date %s as %s', (typed, date) => {
    expect(normalAnswer({ kind: 'date' }, typed)).toBe(date);
  });

  it('knows only the choices of the dictionary', () => {
    const sex = field('choice', {
      choices: [
        { value: '1', label: text },
        { value: '2', label: text },
      ],
    });
    expect(checkAnswer(sex, '2', true, today)).toBeUndefined();
    expect(checkAnswer(sex, '3', true, today)).toBe('not-a-choice');
    expect(checkAnswer({ ...sex, kind: 'region' }, '320199', true, today)).toBe('not-a-region');
  });

  it('asks for what is required, and for nothing else', () => {
    expect(checkAnswer(field('name'), '  ', true, today)).toBe('required');
    expect(checkAnswer(field('name'), '  ', false, today)).toBeUndefined();
  });

  it('leaves a normal form as it is', () => {
    const kinds = ['name', 'text', 'resident-id', 'date', 'mobile', 'bank-card', 'money'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string({ unit: 'grapheme' }), (kind, value) => {
        const once = normalAnswer({ kind }, value);
        expect(normalAnswer({ kind }, once)).toBe(once);
      }),
      {
        examples: [
          ['resident-id', '\u1fe2'],
          ['mobile', 'W\u00b4'],
          ['money', 'I\u02db'],
          ['date', '\ufe49'],
        ],
      },
    );
  });
});

/** A number with the right check character. */
function residentId(region: string, birth: string, tail: string): string {
  const body = `${region}${birth}${tail}`;
  const right = Array.from('0123456789X').find((last) => parseResidentId(`${body}${last}`).ok);
  if (right === undefined) throw new Error(`No check character fits ${body}`);
  return `${body}${right}`;
}
