import { describe, expect, it } from 'vitest';
import { type PinLock, pinTries } from '../ports/pinLock.ts';

const secret = Uint8Array.of(1, 2, 3, 250);
const right = '480271';

/** What every {@link PinLock} keeps to. `reopen` is the same disk after the page or the machine was started anew. */
export function pinLockContract(
  name: string,
  open: () => Promise<{ readonly lock: PinLock; readonly reopen: () => Promise<PinLock> }>,
): void {
  describe(`PinLock: ${name}`, () => {
    it('gives the secret for the PIN, after a restart too', async () => {
      const { lock, reopen } = await open();
      await lock.set('window3', right, secret);
      expect(await lock.open('window3', right)).toEqual({ ok: true, value: secret });
      const again = await reopen();
      expect(await again.open('window3', right)).toEqual({ ok: true, value: secret });
      expect(await again.accounts()).toEqual(['window3']);
    });

    it('counts wrong tries over restarts, and then opens for nobody', async () => {
      const { lock, reopen } = await open();
      await lock.set('window3', right, secret);
      let now = lock;
      for (let left = pinTries - 1; left > 0; left -= 1) {
        expect(await now.open('window3', '000001')).toEqual({
          ok: false,
          error: { reason: 'wrong-pin', left },
        });
        now = await reopen();
      }
      const locked = { ok: false, error: { reason: 'locked' } };
      expect(await now.open('window3', '000001')).toEqual(locked);
      expect(await now.open('window3', right)).toEqual(locked);
      expect(await (await reopen()).open('window3', right)).toEqual(locked);
      expect(await now.accounts()).toEqual([]);
    });

    it('lets tries at the same moment not share one', async () => {
      const { lock } = await open();
      await lock.set('window3', right, secret);
      const tried = await Promise.all(
        Array.from({ length: pinTries + 3 }, () => lock.open('window3', '000001')),
      );
      expect(tried.filter(({ ok }) => ok)).toEqual([]);
      expect(await lock.open('window3', right)).toEqual({ ok: false, error: { reason: 'locked' } });
    });

    it('forgives wrong tries after a right one, and locked ones with a new PIN', async () => {
      const { lock } = await open();
      await lock.set('window3', right, secret);
      for (let n = 1; n < pinTries; n += 1) await lock.open('window3', '000001');
      expect((await lock.open('window3', right)).ok).toBe(true);
      expect(await lock.open('window3', '000001')).toEqual({
        ok: false,
        error: { reason: 'wrong-pin', left: pinTries - 1 },
      });
      for (let n = 1; n < pinTries; n += 1) await lock.open('window3', '000001');
      await lock.set('window3', '915563', secret);
      expect((await lock.open('window3', '915563')).ok).toBe(true);
    });

    it('keeps clerks apart, and forgets one', async () => {
      const { lock } = await open();
      await lock.set('window3', right, secret);
      await lock.set('window4', '915563', Uint8Array.of(4));
      expect((await lock.open('window4', right)).ok).toBe(false);
      await lock.forget('window4');
      expect(await lock.open('window4', '915563')).toEqual({
        ok: false,
        error: { reason: 'none' },
      });
      expect(await lock.accounts()).toEqual(['window3']);
    });
  });
}
