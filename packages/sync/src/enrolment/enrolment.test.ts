import { shippedCatalogue } from '@tongban/catalogue';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceOptions } from '../device.ts';
import { seededRandom } from '../testing/hands.ts';
import { eventually, place } from '../testing/place.ts';
import { madeUpEnvelope } from '../testing/tab.ts';

const random = seededRandom(31);
const places: Awaited<ReturnType<typeof place>>[] = [];
afterEach(async () => {
  for (const one of places.splice(0)) await one.closeAll();
});

async function aPlace(given: Partial<DeviceOptions> = {}) {
  const made = await place(shippedCatalogue, given);
  places.push(made);
  return made;
}

describe('admission', () => {
  test('[N3] [N4] a device that is refused says so, and is admitted with the code that staff type', async () => {
    const { open, centre } = await aPlace();
    centre.knobs.closes = 'enrolment-refused';
    centre.knobs.opens = '4821093755182604';
    const { device } = await open();
    await eventually(
      () => device.admission(),
      (found) => found === 'refused',
    );
    const other = await open('two');
    expect(other.device.admission()).toBe('refused');
    const heard: string[] = [];
    device.watchAdmission((admission) => heard.push(admission));
    expect(await device.admit('1111')).toEqual({ ok: true, value: 'refused' });
    expect(device.enrolment()).toBeUndefined();
    expect(await other.device.admit('4821093755182604')).toEqual({ ok: true, value: 'admitted' });
    await eventually(
      () => device.admission(),
      (found) => found === 'admitted',
    );
    expect(device.enrolment()).toMatchObject({ name: 'K-01' });
    expect(heard).toEqual(['admitted']);
  });

  test('[N3] a no of another kind leaves standing what is known', async () => {
    const { open, centre, cut } = await aPlace();
    const { device } = await open();
    await eventually(
      () => device.admission(),
      (found) => found === 'admitted',
    );
    centre.knobs.closes = 'clock-wrong';
    expect(await device.admit('1')).toEqual({ ok: false, error: 'not-now' });
    cut(true);
    expect(await device.admit('1')).toEqual({ ok: false, error: 'no-line' });
    expect(device.admission()).toBe('admitted');
  });

  test.each([
    ['terminal-closed', 'closed'],
    ['terminal-revoked', 'revoked'],
    ['terminal-expired', 'expired'],
  ])(
    '[N3] [N5] a terminal that the centre calls %s knows it, also after a restart without a line',
    async (code, admission) => {
      const { open, centre, cut, closeAll } = await aPlace();
      const { device, timer } = await open();
      await eventually(
        () => device.admission(),
        (found) => found === 'admitted',
      );
      const one = madeUpEnvelope(random, 1);
      centre.knobs.closes = code;
      centre.knobs.admits = false;
      await device.outbox.put(one.envelope, one.receiptNumber, one.files);
      timer.pass(30_000);
      await eventually(
        () => device.admission(),
        (found) => found === admission,
      );
      await closeAll();
      cut(true);
      const again = await open();
      expect(again.device.admission()).toBe(admission);
      expect(await again.device.exportEntry(one.envelope.submissionId)).toMatchObject({
        envelope: one.envelope,
      });
    },
  );
});
