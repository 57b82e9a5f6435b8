import { shippedCatalogue } from '@tongban/catalogue';
import { afterEach, describe, expect, test } from 'vitest';
import { seededRandom } from './testing/hands.ts';
import { eventually, place } from './testing/place.ts';
import { madeUpEnvelope } from './testing/tab.ts';

const random = seededRandom(11);
const places: { closeAll(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of places.splice(0)) await one.closeAll();
});

async function aPlace(
  ...given: Parameters<typeof place> extends [unknown, ...infer R] ? R : never
) {
  const made = await place(shippedCatalogue, ...given);
  places.push(made);
  return made;
}

describe('device', () => {
  test('[N1] enrols at first contact, keeps the answer over a restart, gives the chain to the vault', async () => {
    const { open, vault, closeAll, cut } = await aPlace({ hall: '320199' });
    expect(await vault.issuer()).toBeUndefined();
    const { device } = await open();
    expect(device.enrolment()).toBeUndefined();
    const enrolment = await eventually(
      () => device.enrolment(),
      (found) => found !== undefined,
    );
    expect(enrolment).toMatchObject({ name: 'K-01', hall: '澜州市政务服务中心' });
    const issuer = await vault.issuer();
    expect(issuer?.certificate.chain.map((der) => [...der])).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    await closeAll();
    cut(true);
    const again = await open();
    expect(again.device.enrolment()).toEqual(enrolment);
  });

  test('[C1] [O15] an envelope goes from put to received, and is there after a restart', async () => {
    const { open, centre, closeAll, cut } = await aPlace();
    const { device } = await open();
    const one = madeUpEnvelope(random, 2);
    expect((await device.outbox.put(one.envelope, one.receiptNumber, one.files)).ok).toBe(true);
    await eventually(
      () => device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
    expect(centre.accepted).toEqual([one.envelope.submissionId]);
    await closeAll();
    cut(true);
    const again = await open();
    expect(await again.device.outbox.list()).toMatchObject([{ state: { at: 'received' } }]);
  });
});
