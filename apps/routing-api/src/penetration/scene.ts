import { randomUUID } from 'node:crypto';
import { shippedCatalogue } from '@tongban/catalogue';
import { base64url, type Receipt, systemRandom } from '@tongban/core';
import { expect } from 'vitest';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { runCentre } from '../testing/centre.ts';
import { makeDevice } from '../testing/device.ts';
import { signIn } from '../testing/staff.ts';
import { attack } from './watch.ts';

/**
 * A city with something to steal: a case of one citizen, handed in at a kiosk of one hall, decided on at one
 * department's desk; another hall, another department, another phone, and nobody at all.
 */
export async function makeScene() {
  const centre = await runCentre({ catalogue: shippedCatalogue });
  const device = async (profile: 'kiosk' | 'counter' | 'phone', hall?: string) => {
    const made = await makeDevice(centre.origin, centre.clock);
    await made.enrol(profile, hall === undefined ? {} : { hall });
    return made;
  };
  const kiosk = await device('kiosk', 'nanhu');
  const elsewhere = await device('kiosk', 'beita');
  const phone = await device('phone');
  const otherPhone = await device('phone');
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  const receipt: Receipt = await applicant.submit(visit);
  const packed = applicant.packed();
  await applicant.deliver();
  await centre.judging.settled();

  const locator = base64url(systemRandom.bytes(16));
  await phone.ask('PUT', `/api/v1/handovers/${locator}`, systemRandom.bytes(200));

  const [police, market, window3, citizen] = await Promise.all(
    ['desk-police', 'desk-market', 'window3', 'xiaohe'].map((who) => signIn(centre.origin, who)),
  );
  if (!police || !market || !window3 || !citizen) throw new Error('not signed in');
  const detail = await police.detail(receipt.number);
  const address = detail.papers[0]?.address ?? '';
  return {
    ...{ centre, kiosk, elsewhere, phone, otherPhone, receipt, packed, locator },
    ...{ police, market, window3, citizen, address },
    /** What no log line and no refusal may repeat. */
    planted: [
      ...Object.values(people).flatMap(({ name, residentId }) => [name, residentId]),
      receipt.secret,
      '13800136620',
    ],
    /** A request of nobody. */
    bare: (method: string, path: string, init: RequestInit = {}) =>
      fetch(`${centre.origin}${path}`, { method, ...init }),
    key: randomUUID,
  };
}
export type Scene = Awaited<ReturnType<typeof makeScene>>;

/** One hostile request, and the refusal that it must get. */
export type Attack = readonly [
  what: string,
  status: number,
  code: string,
  send: (scene: Scene) => Promise<Response>,
];

/** It is refused with a whole problem document, stands in the log without anything personal, and changed nothing. */
export async function refused(scene: Scene, [what, status, code, send]: Attack): Promise<void> {
  const outcome = await attack(scene.centre, scene.planted, () => send(scene));
  expect([what, outcome]).toEqual([
    what,
    {
      ...{ status, code, type: 'application/problem+json', whole: true },
      ...{ logged: true, leaked: [], changed: [] },
    },
  ]);
}
