import { err, ok } from '@tongban/core';
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { grantType, type StaffGrant } from '../protocol/index.ts';
import type { Kept } from '../storage/kept.ts';
import { emptyDisk } from '../testing/disk.ts';
import { handClock } from '../testing/hands.ts';
import { browserPinLock } from '../vault/browserPinLock.ts';
import { createOfflineStaff, type OfflineStaffOptions } from './offlineStaff.ts';

let grantKey: JWK;
let sign: (grant: unknown, typ?: string) => Promise<string>;
let strange: (grant: unknown) => Promise<string>;
beforeAll(async () => {
  const make = async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const signed = (grant: unknown, typ: string = grantType) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(grant)))
        .setProtectedHeader({ alg: 'ES256', typ })
        .sign(privateKey);
    return { key: await exportJWK(publicKey), signed };
  };
  const own = await make();
  grantKey = own.key;
  sign = own.signed;
  strange = (await make()).signed;
});

const terminal = 'T'.repeat(43);
const who = { account: 'window3', name: '何敏', role: 'counter', window: '3' } as const;
const granted: StaffGrant = {
  who,
  hall: 'nanhu',
  terminal,
  issuedAt: '2026-11-23T09:00:00.000Z',
  until: '2026-11-23T21:00:00.000Z',
};
const pin = '480271';

/** A counter's staff over a real lock and a store in memory, before a centre that answers as told. */
async function counter(given: Partial<OfflineStaffOptions> = {}) {
  const clock = handClock();
  const memory = new Map<string, unknown>();
  const kept: Kept = {
    get: async (name) => memory.get(name) as never,
    set: async (name, value) => {
      memory.set(name, value);
      return ok(undefined);
    },
    remove: async (name) => {
      memory.delete(name);
      return ok(undefined);
    },
    watch: () => () => undefined,
  };
  let answer: () => Promise<string | undefined> = () => sign(granted);
  const options: OfflineStaffOptions = {
    pinLock: await browserPinLock('counter', emptyDisk().indexedDB),
    kept,
    centre: {
      staffGrant: async () => {
        const grant = await answer();
        return grant === undefined ? err({ kind: 'fault', why: 'unreachable' }) : ok({ grant });
      },
    },
    clock,
    terminal: async () => terminal,
    grantKey: () => grantKey,
    ...given,
  };
  return {
    staff: createOfflineStaff(options),
    again: (changed: Partial<OfflineStaffOptions>) =>
      createOfflineStaff({ ...options, ...changed }),
    clock,
    memory,
    gives: (next: () => Promise<string | undefined>) => {
      answer = next;
    },
  };
}

describe('staff without a line', () => {
  test('[A6] [A7] a clerk who signed in goes on with the PIN until the time that the centre gave', async () => {
    const { staff, clock, memory } = await counter();
    expect(await staff.accounts()).toEqual([]);
    expect(await staff.prepare('window3', pin)).toEqual(ok(undefined));
    expect(await staff.accounts()).toEqual(['window3']);
    expect(await staff.unlock('window3', pin)).toEqual(ok(who));
    // [A9] Neither name nor hall lie there to be read.
    expect(JSON.stringify([...memory.values()])).not.toMatch(/何敏|nanhu/);
    clock.add(12 * 3_600_000);
    expect(await staff.unlock('window3', pin)).toEqual(err({ reason: 'over' }));
    // [A7] Set back, the clock gives no hour again.
    clock.add(-6 * 3_600_000);
    expect(await staff.unlock('window3', pin)).toEqual(err({ reason: 'over' }));
  });

  test('[A7] signing in again makes the grant new, and no PIN is asked for it', async () => {
    const { staff, clock, gives } = await counter();
    await staff.prepare('window3', pin);
    clock.add(24 * 3_600_000);
    gives(() =>
      sign({
        ...granted,
        issuedAt: '2026-11-24T09:00:00.000Z',
        until: '2026-11-24T21:00:00.000Z',
      }),
    );
    await staff.refresh('window3');
    expect(await staff.unlock('window3', pin)).toEqual(ok(who));
    await staff.refresh('nobody');
    expect(await staff.unlock('nobody', pin)).toEqual(err({ reason: 'none' }));
  });

  test.each([
    ['of another counter', () => sign({ ...granted, terminal: 'X'.repeat(43) })],
    ['of another clerk', () => sign({ ...granted, who: { ...who, account: 'window4' } })],
    ['by another key', () => strange(granted)],
    ['of another kind', () => sign(granted, 'dpop+jwt')],
    ['with a part more', () => sign({ ...granted, role: 'supervisor' })],
  ])('[A7] a grant %s lets nobody in', async (_, give) => {
    const { staff, gives } = await counter();
    gives(give);
    await staff.prepare('window3', pin);
    expect(await staff.unlock('window3', pin)).toEqual(err({ reason: 'over' }));
  });

  test.each(['12345', '000000', '123456', '987654', 'abcdef', '1234567890123'])(
    '[A8] %s is no PIN',
    async (weak) => {
      const { staff } = await counter();
      expect(await staff.prepare('window3', weak)).toEqual(err('weak-pin'));
      expect(await staff.accounts()).toEqual([]);
    },
  );

  test('[A6] without a line, or for whom the centre gives none, no PIN is set', async () => {
    const { staff, gives, again } = await counter();
    gives(async () => undefined);
    expect(await staff.prepare('window3', pin)).toEqual(err('no-line'));
    const refusing = again({
      centre: {
        staffGrant: async () => err({ kind: 'problem', status: 403, code: 'not-allowed' }),
      },
    });
    expect(await refusing.prepare('window3', pin)).toEqual(err('not-allowed'));
    expect(await staff.accounts()).toEqual([]);
  });

  test('[A8] after five wrong tries nobody gets in without a line', async () => {
    const { staff } = await counter();
    await staff.prepare('window3', pin);
    for (let left = 4; left > 0; left -= 1) {
      expect(await staff.unlock('window3', '111222')).toEqual(err({ reason: 'wrong-pin', left }));
    }
    expect(await staff.unlock('window3', '111222')).toEqual(err({ reason: 'locked' }));
    expect(await staff.unlock('window3', pin)).toEqual(err({ reason: 'locked' }));
    expect(await staff.accounts()).toEqual([]);
  });
});
