import { readCatalogueFolder, shippedFolder } from '@tongban/catalogue/folder';
import { describe, expect, it } from 'vitest';
import { caseView } from '../case/caseView.ts';
import { route, valuesOf } from '../case/route.ts';
import { beginVisit } from '../journey/beginVisit.ts';
import { identity, signature, stage } from '../journey/testing/stage.ts';
import { assembleCatalogue } from './assemble.ts';
import { checkCatalogue } from './check.ts';
import { planFor } from './plan.ts';
import { searchCatalogue } from './search.ts';
import elderFields from './testing/elder-card.dictionary.json' with { type: 'json' };
import elderCard from './testing/elder-card.item.json' with { type: 'json' };

/** A service that nobody wrote code for: one file in `items/` and two entries in the dictionary. */
function catalogueWithFourth() {
  const parts = readCatalogueFolder(shippedFolder);
  const dictionary = [...(parts.dictionary as unknown[]), ...elderFields];
  const checked = checkCatalogue(
    assembleCatalogue({ ...parts, dictionary, items: [...parts.items, elderCard] }),
  );
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
}

describe('a fourth service as data', () => {
  const target = { kind: 'item', id: 'elder-card' } as const;

  it('is found, planned and routed', () => {
    const catalogue = catalogueWithFourth();
    expect(searchCatalogue(catalogue, '优待证', 'zh-CN')[0]?.target).toEqual(target);
    expect(planFor(catalogue, target)).toMatchObject({ minutes: 4, days: 10 });
    const item = catalogue.items.find(({ id }) => id === 'elder-card');
    const values = { 'applicant.registeredAddress': '北塔区书院街 9 号' };
    expect(item && route(item, values).department).toBe('health');
  });

  it('is applied for, signed, sealed and seen by its desk', async () => {
    const catalogue = catalogueWithFourth();
    const { ports, disk } = await stage();
    const begun = await beginVisit({ ...ports, catalogue: () => catalogue }, target);
    if (!begun.ok) throw new Error(begun.error);
    const visit = begun.value;
    await visit.identify(identity.mother);
    await visit.consent();
    await visit.answer('elder.seal', 'yes');
    await visit.answer('applicant.mobile', '13800136620');
    expect(visit.snapshot().missing).toEqual([{ kind: 'field', field: 'elder.sealText' }]);
    await visit.answer('elder.sealText', '福寿');
    await visit.answer('elder.seal', 'no');
    expect(visit.snapshot().missing).toEqual([]);
    expect((await visit.sign(signature)).ok).toBe(true);
    expect((await visit.submit()).ok).toBe(true);
    expect(disk.envelopes.size).toBe(1);
    const { manifest } = visit.snapshot().draft;
    if (manifest === undefined) throw new Error('not sealed');
    const seen = caseView(manifest, 'elder-card', catalogue);
    expect(seen?.answers.map(({ field, value }) => [field, value])).toEqual([
      ['applicant.name', '丁小禾'],
      ['applicant.residentId', '320199199403120027'],
      ['applicant.registeredAddress', '云陵县青石镇***'],
      ['elder.seal', 'no'],
      ['applicant.mobile', '138****6620'],
    ]);
    expect(valuesOf(manifest.answers)['elder.sealText']).toBeUndefined();
  });
});
