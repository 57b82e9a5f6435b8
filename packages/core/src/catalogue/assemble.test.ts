import { readCatalogueFolder, shippedFolder } from '@tongban/catalogue/folder';
import { describe, expect, it } from 'vitest';
import { assembleCatalogue } from './assemble.ts';
import { checkCatalogue } from './check.ts';

const parts = readCatalogueFolder(shippedFolder);

describe('putting files together', () => {
  it('lets an item say something else than the shared question', () => {
    const title = { 'zh-CN': '打哪个电话？', en: 'Which number?' };
    const items = [{ id: 'a', questions: [{ id: 'contact', title, fields: [] }], materials: [] }];
    const catalogue = assembleCatalogue({ ...parts, items }) as Assembled;
    expect(catalogue.items[0]?.questions[0]?.title).toEqual(title);
    expect(catalogue.items[0]?.questions[0]?.help?.en).toContain('nothing else');
  });

  it.each([
    ['a shared question', { items: [{ id: 'a', questions: [{ id: 'nowhere', fields: [] }] }] }],
    ['a shared material', { items: [{ id: 'a', questions: [], materials: ['nowhere'] }] }],
    ['a list of choices', { dictionary: [{ id: 'a', choices: 'nowhere' }] }],
    ['an item', { items: ['x'] }],
    ['the dictionary', { dictionary: undefined }],
    ['everything', { items: undefined as never, bundles: undefined as never, catalogue: 7 }],
  ])('leaves %s that is not there to the check', (_, missing) => {
    const checked = checkCatalogue(assembleCatalogue({ ...parts, ...missing }));
    expect(checked.ok).toBe(false);
  });
});

interface Assembled {
  readonly items: readonly {
    readonly questions: readonly {
      readonly title?: object;
      readonly help?: { readonly en: string };
    }[];
  }[];
}
