import { shippedCatalogue } from '@tongban/catalogue';
import type { Receipt } from '@tongban/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';

let centre: RunningCentre;
let kiosk: Device;
let police: Staff;
let receipt: Receipt;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  police = await signIn(centre.origin, 'desk-police');
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  receipt = await applicant.submit(visit);
  const [verdict] = await applicant.deliver();
  expect(verdict).toMatchObject({
    verdict: 'received',
    duplicate: false,
    manifestHash: receipt.manifestHash,
  });
  await centre.judging.settled();
});
afterAll(() => centre.end());

test('goes to the branch of the district, and the rule that chose it is told', async () => {
  const detail = await police.detail(receipt.number);
  expect(detail.row).toMatchObject({
    department: 'police-nanhu',
    state: 'received',
    applicant: '丁小禾',
  });
  expect(detail.status).toMatchObject({
    rule: 0,
    events: [{ kind: 'received' }, { kind: 'routed' }],
  });
  expect(detail.corrections).toEqual([]);
  expect(detail.papers).toEqual([
    { paper: 'application-form', address: expect.any(String), holds: true, reasons: [] },
    { paper: 'gap-commitment', address: expect.any(String), holds: true, reasons: [] },
  ]);
});
