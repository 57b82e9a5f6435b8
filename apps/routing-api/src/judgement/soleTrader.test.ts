import { shippedCatalogue } from '@tongban/catalogue';
import { checkUscc, type Receipt, route, type Visit, valuesOf } from '@tongban/core';
import { blankJpeg } from '@tongban/core/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeApplicant, people, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const item = shippedCatalogue.items.find(({ id }) => id === 'sole-trader');
if (item === undefined) throw new Error('The catalogue ships without sole traders');

let centre: RunningCentre;
let applicant: ReturnType<typeof makeApplicant>;
let market: Staff;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  const kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  applicant = makeApplicant(kiosk, centre.clock, '9');
  market = await signIn(centre.origin, 'desk-market');
});
afterAll(() => centre.end());

const shop: Readonly<Record<string, string>> = {
  'business.form': 'personal',
  'business.named': 'yes',
  'business.name': '澜州市南湖区小禾面馆',
  'business.trade': 'catering',
  'business.scope': '面食制售',
  'business.premises': 'company',
  'business.street': '320199101000',
  'business.address': '南湖区桂子路 18 号底层 3 号铺',
  'business.dwelling': 'no',
  'landlord.name': '澜州桂子物业有限公司',
  'landlord.uscc': '91320199MA0DEM001E',
  'applicant.mobile': '13800136620',
  'result.delivery': 'window',
};

async function walk(
  changed: Readonly<Record<string, string>>,
): Promise<{ visit: Visit; receipt: Receipt }> {
  const visit = await applicant.begin({ kind: 'item', id: 'sole-trader' });
  await visit.identify(await shown(people.mother, centre.clock));
  await visit.consent();
  for (const [field, value] of Object.entries({ ...shop, ...changed }))
    await visit.answer(field, value);
  for (const { material, needed, exempt } of visit.snapshot().materials) {
    if (!needed || exempt) continue;
    if (material.gapDays === undefined) await visit.attach(material.id, blankJpeg, 'proof.jpg');
    else await visit.promise(material.id);
  }
  const receipt = await applicant.submit(visit);
  await applicant.deliver();
  await centre.judging.settled();
  return { visit, receipt };
}

test('a shop in rented rooms goes to the branch of its district, is accepted and registered within the day', async () => {
  expect(checkUscc(shop['landlord.uscc'] ?? '')).toBeUndefined();
  const { visit, receipt } = await walk({});
  const { row, status, corrections, answers, materials, papers, register } = await market.detail(
    receipt.number,
  );
  expect(corrections).toEqual([]);
  expect(row).toMatchObject({ item: 'sole-trader', state: 'received', department: 'market-nanhu' });
  expect(Object.fromEntries(answers.map(({ field, value }) => [field, value]))).toMatchObject({
    'business.name': '澜州市南湖区小禾面馆',
    'landlord.uscc': '91320199MA0DEM001E',
  });
  expect(materials.map(({ material, state }) => [material, state])).toEqual([
    ['identity-card', 'exempt'],
    ['premises-proof', 'provided'],
  ]);
  expect(papers.map(({ paper, holds }) => [paper, holds])).toEqual([['application-form', true]]);
  expect(register).toContainEqual(expect.objectContaining({ field: 'applicant.name', same: true }));

  // What the terminal could say without a line is what the centre decided, with the same reason.
  const said = route(item, valuesOf(visit.snapshot().draft.answers));
  expect(said).toMatchObject({ department: row.department, rule: status.rule });
  expect(said.because['zh-CN']).toBe('店开在南湖区');

  // Promised within one working day.
  const accepted = await market.act(receipt.number, 'accept');
  expect(accepted.detail?.row).toMatchObject({ state: 'accepted', due: '2026-11-24' });
  const granted = await market.act(receipt.number, 'grant');
  expect(granted.detail?.row).toMatchObject({ state: 'granted' });
});

test('a shop in one’s own flat is covered by a commitment; the neighbours’ consent is promised and stops the grant', async () => {
  const { receipt } = await walk({
    'business.premises': 'own',
    'business.dwelling': 'yes',
    'business.street': '320199201000',
    'business.address': '北塔区书院街 7 号 402 室',
  });
  const { row, status, materials, papers, corrections } = await market.detail(receipt.number);
  expect(corrections).toEqual([]);
  expect([row.department, status.rule]).toEqual(['market-beita', 1]);
  expect(item.routing[status.rule]?.because['zh-CN']).toBe('店开在北塔区');
  expect(materials.map(({ material, state }) => [material, state])).toEqual([
    ['identity-card', 'exempt'],
    ['premises-proof', 'exempt'],
    ['neighbour-consent', 'promised'],
  ]);
  expect(papers.map(({ paper, holds }) => [paper, holds])).toEqual([
    ['application-form', true],
    ['gap-commitment', true],
    ['commitment', true],
  ]);
  expect((await market.act(receipt.number, 'accept')).detail?.row.gap).toBe(true);
  expect(await market.act(receipt.number, 'grant')).toEqual({ status: 409, code: 'gap-open' });
});

test('an address in no known subdistrict is left to the city’s office', () => {
  const { department, rule } = route(item, { 'business.street': '320199301000' });
  expect([department, rule]).toEqual(['market', item.routing.length - 1]);
});

test('another department sees nothing of it', async () => {
  const police = await signIn(centre.origin, 'desk-police');
  expect(await police.list()).toEqual([]);
});
