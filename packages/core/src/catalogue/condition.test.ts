import { describe, expect, it } from 'vitest';
import { type Condition, fieldsOf, holds } from './condition.ts';

const values = { basis: 'home', street: '320199101000', empty: '' };

describe('a condition', () => {
  it.each<[Condition | undefined, boolean]>([
    [undefined, true],
    [{ field: 'basis', equals: 'home' }, true],
    [{ field: 'basis', equals: 'work' }, false],
    [{ field: 'basis', in: ['work', 'home'] }, true],
    [{ field: 'street', startsWith: '3201991' }, true],
    [{ field: 'street', startsWith: '3201992' }, false],
    [{ field: 'nowhere', equals: '' }, false],
    [{ field: 'empty', startsWith: '' }, false],
    [{ not: { field: 'nowhere', equals: 'x' } }, true],
    [{ all: [{ field: 'basis', equals: 'home' }, { not: { field: 'empty', equals: 'x' } }] }, true],
    [
      {
        all: [
          { field: 'basis', equals: 'home' },
          { field: 'empty', equals: 'x' },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { field: 'basis', equals: 'work' },
          { field: 'street', in: ['320199101000'] },
        ],
      },
      true,
    ],
    [{ any: [{ field: 'basis', equals: 'work' }] }, false],
  ])('%j is %s', (condition, expected) => expect(holds(condition, values)).toBe(expected));

  it('names what it reads', () => {
    const condition: Condition = {
      any: [
        { field: 'a', equals: '1' },
        { all: [{ not: { field: 'b', in: ['2', '3'] } }, { field: 'c', startsWith: '4' }] },
      ],
    };
    expect(fieldsOf(condition)).toEqual([
      { field: 'a', values: ['1'] },
      { field: 'b', values: ['2', '3'] },
      { field: 'c', prefix: '4' },
    ]);
    expect(fieldsOf(undefined)).toEqual([]);
  });
});
