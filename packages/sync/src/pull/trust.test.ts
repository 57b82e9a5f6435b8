import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import type { TrustList } from '@tongban/core';
import { describe, expect, test } from 'vitest';
import { memoryDisk, memoryRows } from '../testing/memory.ts';
import type { PulledRow } from './scope.ts';
import { nobody, openTrust } from './trust.ts';

const city: TrustList = {
  demonstration: false,
  issuers: [{ id: 'city', name: '澜州市电子证照', kinds: ['identity'], keys: [{ kty: 'EC' }] }],
};

const row = (body: unknown, seq = 1): PulledRow => ({ id: 'trust', seq, epoch: 'e', body });

async function stage(shipped: TrustList, kind: 'phone' | 'demonstration' | 'terminal' = 'phone') {
  const rows = memoryRows(memoryDisk<PulledRow>());
  return { rows, trust: await openTrust(rows, shipped, { kind }) };
}

describe('whose credentials count', () => {
  test('[P12] those the app was built with, until the centre names others', async () => {
    const { rows, trust } = await stage(demonstrationTrust, 'demonstration');
    expect(trust.get()).toBe(demonstrationTrust);
    await rows.update('trust', () => row(city));
    expect(trust.get()).toEqual(city);
    const again = await openTrust(rows, demonstrationTrust, { kind: 'demonstration' });
    expect(again.get()).toEqual(city);
  });

  test('[P12] a list that is none, and another setting, change nothing; one taken back trusts nobody', async () => {
    const { rows, trust } = await stage(nobody);
    await rows.update('trust', () => row(city));
    await rows.update('trust', () => row({ issuers: 'everybody' }, 2));
    await rows.update('hall', () => ({ ...row(demonstrationTrust, 3), id: 'hall' }));
    expect(trust.get()).toEqual(city);
    await rows.remove(['trust']);
    expect(trust.get()).toEqual(nobody);
    trust.close();
  });

  test('[P12] a production terminal takes no demonstration issuer, a phone takes what its centre says', async () => {
    const terminal = await stage(nobody, 'terminal');
    await terminal.rows.update('trust', () => row(demonstrationTrust));
    expect(terminal.trust.get()).toEqual(nobody);
    const phone = await stage(nobody, 'phone');
    await phone.rows.update('trust', () => row(demonstrationTrust));
    expect(phone.trust.get().issuers).toEqual(demonstrationTrust.issuers);
  });
});
