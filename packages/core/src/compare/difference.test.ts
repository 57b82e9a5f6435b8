import { shippedCatalogue } from '@tongban/catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFor } from '../catalogue/plan.ts';
import { align } from './align.ts';
import { differences } from './difference.ts';

const plan = planFor(shippedCatalogue, { kind: 'bundle', id: 'newborn' });
const materials = plan?.materials.map(({ material }) => material) ?? [];
const compare = (answers: Record<string, string>, page: Record<string, string>) =>
  differences(materials, shippedCatalogue.dictionary, answers, { 'birth-page': page });

describe('differences between material and form', () => {
  it('shows the one character that differs', () => {
    expect(compare({ 'child.name': '林知厦' }, { childName: '林知夏' })).toEqual([
      {
        material: 'birth-page',
        field: 'child.name',
        attribute: 'childName',
        onMaterial: '林知夏',
        onForm: '林知厦',
        cells: [
          { material: '林', form: '林', same: true },
          { material: '知', form: '知', same: true },
          { material: '夏', form: '厦', same: false },
        ],
      },
    ]);
  });

  it('sees past the way something is written', () => {
    const answers = {
      'child.sex': '2',
      'child.birthDate': '2026-11-09',
      'mother.name': '古丽·买买提',
    };
    const page = { sex: '女', birthDate: '2026年11月9日', motherName: '古丽•买买提' };
    expect(compare(answers, page)).toEqual([]);
  });

  it('shows choices in words', () => {
    const [difference] = compare({ 'child.sex': '2' }, { sex: '1' });
    expect(difference).toMatchObject({ onMaterial: '男', onForm: '女' });
  });

  it('is silent where one side says nothing', () => {
    expect(compare({}, { childName: '林知夏' })).toEqual([]);
    expect(compare({ 'child.name': '林知夏' }, {})).toEqual([]);
  });
});

describe('alignment', () => {
  it('leaves a square empty where a character is missing', () => {
    expect(align('丁小禾', '丁禾').map(({ material, form }) => [material, form])).toEqual([
      ['丁', '丁'],
      ['小', ''],
      ['禾', '禾'],
    ]);
  });

  it('never splits a character outside the Basic Multilingual Plane', () => {
    expect(align('𠮷', '𠮶')).toEqual([{ material: '𠮷', form: '𠮶', same: false }]);
  });

  it('keeps both texts whole, with no more differing places than needed', () => {
    const text = fc.string({ unit: fc.constantFrom('林', '知', '夏', '厦', '𠮷'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const cells = align(a, b);
        expect(cells.map(({ material }) => material).join('')).toBe(a);
        expect(cells.map(({ form }) => form).join('')).toBe(b);
        for (const cell of cells) expect(cell.same).toBe(cell.material === cell.form);
        const wrong = cells.filter(({ same }) => !same).length;
        expect(wrong).toBe(editDistance(Array.from(a), Array.from(b)));
      }),
    );
  });
});

function editDistance(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  if (a[0] === b[0]) return editDistance(a.slice(1), b.slice(1));
  return (
    1 +
    Math.min(
      editDistance(a.slice(1), b),
      editDistance(a, b.slice(1)),
      editDistance(a.slice(1), b.slice(1)),
    )
  );
}
