import { shippedCatalogue } from '@tongban/catalogue';
import { describe, expect, it } from 'vitest';
import { fieldsAsked } from '../catalogue/asked.ts';
import { maskedValue } from '../form/mask.ts';
import type { ApplicationManifest } from '../seal/manifest.ts';
import { sampleApplication } from '../testing/sampleApplication.ts';
import { caseView } from './caseView.ts';

const manifest: ApplicationManifest = sampleApplication;
const view = (item: string) => {
  const seen = caseView(manifest, item, shippedCatalogue);
  if (seen === undefined) throw new Error(`no case for ${item}`);
  return seen;
};

describe('the view of a department', () => {
  it.each(manifest.cases.map(({ item }) => item))('holds of %s only what its item names', (id) => {
    const seen = view(id);
    const item = shippedCatalogue.items.find((candidate) => candidate.id === id);
    const asked = item === undefined ? [] : fieldsAsked(item);
    const materials = item?.materials.map((material) => material.id) ?? [];
    expect(seen.answers.length).toBeGreaterThan(0);
    expect(seen.answers.filter(({ field }) => !asked.includes(field))).toEqual([]);
    expect(seen.materials.filter(({ material }) => !materials.includes(material))).toEqual([]);
    expect(seen.papers.map((paper) => paper.item)).toEqual([id]);
    expect(seen.consents.every(({ kind, item: of }) => kind === 'notice' || of === id)).toBe(true);
  });

  it('keeps the bank card from the police, and the ID numbers from the clinic', () => {
    const text = (id: string) => JSON.stringify(view(id));
    expect(text('social-security-card')).toContain('4539148803436467');
    for (const id of ['household-registration', 'birth-certificate', 'medical-insurance'])
      expect(text(id)).not.toContain('4539148803436467');
    expect(text('household-registration')).toContain('320199199403120027');
    expect(text('vaccination-certificate')).not.toContain('320199199403120027');
    expect(text('vaccination-certificate')).not.toContain('320199199205180010');
  });

  it('masks what the item does not need whole', () => {
    const answers = new Map(view('household-registration').answers.map((a) => [a.field, a]));
    expect(answers.get('mother.mobile')).toMatchObject({ value: '138****6620', masked: true });
    expect(answers.get('mother.residentId')).toMatchObject({
      value: '320199199403120027',
      masked: false,
    });
  });

  it('tells who applied, and never hands on the credential', () => {
    const [evidence] = view('vaccination-certificate').evidence;
    expect(evidence?.attributes).toEqual({ name: '丁小禾', residentId: '32**************27' });
    expect(JSON.stringify(view('household-registration'))).not.toContain(
      'credential-of-the-mother',
    );
  });

  it('is nothing for an item that is not in the submission or not in the catalogue', () => {
    expect(caseView(manifest, 'residence-permit', shippedCatalogue)).toBeUndefined();
    const stranger = { ...manifest, cases: [{ item: 'stranger', caseNumber: 'N' }] };
    expect(caseView(stranger, 'stranger', shippedCatalogue)).toBeUndefined();
  });
});

describe('masking', () => {
  it.each([
    ['resident-id', 4, '320199199403120027', '32**************27'],
    ['mobile', 3, '13800136620', '138****6620'],
    ['bank-card', 4, '4539148803436467', '************6467'],
    ['date', 3, '1994-03-12', '1994-**-**'],
    ['name', 3, '𠮷小禾', '𠮷**'],
    ['address', 3, '南湖区桂子路18号2栋601室', '南湖区桂子路***'],
    ['address', 3, '桂子路18号', '***'],
    ['text', 3, 'Q320000917', '***'],
    ['choice', 3, '01', '***'],
    ['mobile', 3, '123', '***'],
    ['name', 2, '丁小禾', '丁小禾'],
    ['name', 3, '', ''],
  ] as const)('%s of grade %i: %s becomes %s', (kind, grade, value, masked) => {
    expect(maskedValue({ kind, grade }, value)).toBe(masked);
  });
});
