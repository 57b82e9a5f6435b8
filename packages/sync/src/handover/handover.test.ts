import { base64url, type Draft, type FileAddress, ok, sealFile, systemRandom } from '@tongban/core';
import { sampleDraft } from '@tongban/core/contracts';
import { memoryVault } from '@tongban/core/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { createCentre } from '../centre/centre.ts';
import { firstFormat } from '../storage/format.ts';
import { browserLocks } from '../testing/browser.ts';
import { simulatedCentre } from '../testing/centre.ts';
import { emptyDisk } from '../testing/disk.ts';
import { handClock, handTimer } from '../testing/hands.ts';
import { handTransport } from '../testing/transport.ts';
import { openVisits, type Visits } from '../visit/space.ts';
import { makeCode, readCode, writeCode } from './code.ts';
import { createHandover } from './handover.ts';
import { packParcel } from './parcel.ts';

const minute = 60_000;
const open: Visits[] = [];
afterEach(async () => {
  for (const visits of open.splice(0)) await visits.close();
});

/** Two devices before one centre. `line` decides over each request; by default it arrives. */
async function stage() {
  const clock = handClock();
  const centre = simulatedCentre(() => clock.now());
  const { fetch, pending } = handTransport(centre);
  const line = { next: 'deliver' as 'deliver' | 'cut' | 'loseAnswer' };

  async function device(app: 'phone' | 'kiosk') {
    const vault = await memoryVault();
    const visits = await openVisits({
      app,
      vault,
      random: systemRandom,
      databases: emptyDisk(),
      locks: browserLocks().ofTab('one'),
      format: firstFormat,
    });
    open.push(visits);
    const client = createCentre({
      origin: '',
      vault,
      centreClock: clock,
      random: systemRandom,
      timer: handTimer(),
      fetch: (...request) => {
        const answer = fetch(...request);
        pending.at(-1)?.[line.next]();
        line.next = 'deliver';
        return answer;
      },
    });
    const handover = createHandover({
      centre: client,
      clock,
      random: systemRandom,
      stores: visits.stores,
    });
    const { drafts } = await visits.open();
    return { handover, drafts, visits };
  }
  return {
    clock,
    centre,
    line,
    phone: await device('phone'),
    kiosk: await device('kiosk'),
    device,
  };
}

type Place = Awaited<ReturnType<Awaited<ReturnType<typeof stage>>['device']>>;

/** A draft with one photograph, saved at `at`. */
async function begun(at: Place, value = '林知夏'): Promise<{ draft: Draft; photo: Uint8Array }> {
  const photo = systemRandom.bytes(5_000);
  const sealed = await sealFile(photo, 'image/jpeg', systemRandom);
  await at.drafts.putFile(sealed.address, sealed.ciphertext);
  const draft: Draft = {
    ...sampleDraft('1'),
    answers: { 'child.name': { value, source: 'typed' } },
    materials: {
      birth: {
        state: 'provided',
        files: [{ ...sealed.file, name: 'birth.jpg', addedAt: 't' }],
        readings: {},
      },
    },
  };
  await at.drafts.save(draft);
  return { draft, photo: sealed.ciphertext };
}

async function given(at: Place, draft: Draft): Promise<string> {
  const result = await at.handover.give(draft, at.drafts);
  if (!result.ok) throw new Error(result.error);
  return result.value.code;
}

const edited = (draft: Draft, value: string): Draft => ({
  ...draft,
  updatedAt: '2026-11-23T11:00:00.000Z',
  answers: { 'child.name': { value, source: 'typed' } },
});

describe('hand-over', () => {
  test('[H1] [H2] draft and files arrive, and the centre saw ciphertext only', async () => {
    const { phone, kiosk, centre } = await stage();
    const { draft, photo } = await begun(phone);
    const code = await given(phone, draft);
    expect(code).toMatch(/^TBH1:[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/);
    const [locator, parcel] = [...centre.memory.parcels][0] ?? [];
    expect(code).toContain(`TBH1:${locator}.`);
    const seen = new TextDecoder('utf-8').decode(parcel?.bytes) + JSON.stringify(locator);
    for (const secret of ['林知夏', 'birth.jpg', draft.receiptSecret, code.slice(-43)]) {
      expect(seen).not.toContain(secret);
    }
    expect(await kiosk.handover.take(code, kiosk.drafts)).toEqual(ok(draft));
    expect(await kiosk.drafts.load(draft.id)).toEqual(draft);
    const address = draft.materials.birth?.files[0]?.address as FileAddress;
    expect(await kiosk.drafts.getFile(address)).toEqual(photo);
  });

  test('[H9] what a phone says it read is declared where it is taken; a kiosk and a credential are believed', async () => {
    const read = (source: 'card-reader' | 'credential-code') =>
      ({
        source,
        assurance: 'verified',
        readAt: '2026-11-23T08:00:00.000Z',
        ...(source === 'credential-code' && { credential: 'a.b.c' }),
        attributes: { name: '丁小禾', residentId: '320199199403120027' },
      }) as const;
    const evidence = [read('card-reader'), read('credential-code')];
    for (const [givenBy, believed] of [
      ['phone', ['declared', 'verified']],
      [undefined, ['declared', 'verified']],
      ['kiosk', ['verified', 'verified']],
      ['counter', ['verified', 'verified']],
    ] as const) {
      const { phone, kiosk, centre } = await stage();
      const { draft } = await begun(phone);
      const code = await given(phone, { ...draft, evidence });
      const [parcel] = centre.memory.parcels.values();
      if (parcel !== undefined && givenBy !== undefined) parcel.givenBy = givenBy;
      const taken = await kiosk.handover.take(code, kiosk.drafts);
      expect(taken.ok && taken.value.evidence.map(({ assurance }) => assurance)).toEqual(believed);
    }
  });

  test('[H1] the same parcel under another locator does not open', async () => {
    const { phone, kiosk, centre } = await stage();
    const { draft } = await begun(phone);
    const code = await given(phone, draft);
    const [parcel] = centre.memory.parcels.values();
    const moved = {
      ...makeCode(systemRandom),
      key: readCode(code)?.key as Uint8Array<ArrayBuffer>,
    };
    if (parcel !== undefined) centre.memory.parcels.set(moved.locator, parcel);
    const taken = await kiosk.handover.take(writeCode(moved), kiosk.drafts);
    expect(taken).toEqual({ ok: false, error: 'unknown-code' });
    expect(await kiosk.drafts.list()).toEqual([]);
  });

  test('[H2] a parcel whose file is not what it is called, or whose draft is none, is refused whole', async () => {
    const { phone, kiosk, centre } = await stage();
    const { draft, photo } = await begun(phone);
    const address = draft.materials.birth?.files[0]?.address as FileAddress;
    const other = systemRandom.bytes(photo.length);
    const bad = [
      { draft, files: new Map([[address, other]]) },
      { draft, files: new Map() },
      { draft: { ...draft, step: 'nowhere' } as never, files: new Map([[address, photo]]) },
      { draft: { ...draft, answers: [] } as never, files: new Map([[address, photo]]) },
    ];
    for (const parcel of bad) {
      const code = makeCode(systemRandom);
      const bytes = await packParcel(parcel, code, systemRandom);
      const expiresAt = '2026-11-23T09:15:00.000Z';
      centre.memory.parcels.set(code.locator, { bytes, state: 'waiting', expiresAt });
      const taken = await kiosk.handover.take(writeCode(code), kiosk.drafts);
      expect(taken).toEqual({ ok: false, error: 'unknown-code' });
    }
    expect(await kiosk.drafts.list()).toEqual([]);
  });

  test('[H3] once given the draft is read-only, and a reload finds the code', async () => {
    const { phone } = await stage();
    const { draft } = await begun(phone);
    const code = await given(phone, draft);
    expect(await phone.drafts.load(draft.id)).toEqual({
      ...draft,
      handedOverAt: '2026-11-23T09:00:00.000Z',
    });
    expect(await phone.handover.given(draft.id, phone.drafts)).toEqual({
      code,
      expiresAt: '2026-11-23T09:15:00.000Z',
    });
    const again = await phone.drafts.load(draft.id);
    await expect(phone.handover.give(again as Draft, phone.drafts)).rejects.toThrow('already');
  });

  test('[H3] without a line, or with a parcel too large, nothing is given and the draft stays writable', async () => {
    const { phone, line, centre } = await stage();
    const { draft } = await begun(phone);
    line.next = 'cut';
    expect(await phone.handover.give(draft, phone.drafts)).toEqual({ ok: false, error: 'no-line' });
    line.next = 'loseAnswer';
    expect(await phone.handover.give(draft, phone.drafts)).toEqual({ ok: false, error: 'no-line' });
    centre.knobs.maxParcel = 10;
    expect(await phone.handover.give(draft, phone.drafts)).toEqual({
      ok: false,
      error: 'too-large',
    });
    await phone.drafts.removeFile(draft.materials.birth?.files[0]?.address as FileAddress);
    expect(await phone.handover.give(draft, phone.drafts)).toEqual({
      ok: false,
      error: 'storage-refused',
    });
    expect(await phone.drafts.load(draft.id)).toEqual(draft);
  });

  test('[H4] reclaiming before anybody took it, and after it expired, makes it writable again', async () => {
    const { phone, kiosk, clock } = await stage();
    const { draft } = await begun(phone);
    const code = await given(phone, draft);
    expect(await phone.handover.reclaim(code)).toMatchObject({
      ok: true,
      value: { state: 'reclaimed' },
    });
    expect(await phone.drafts.load(draft.id)).toEqual(draft);
    expect(await phone.handover.given(draft.id, phone.drafts)).toBeUndefined();
    expect(await kiosk.handover.take(code, kiosk.drafts)).toEqual({ ok: false, error: 'expired' });

    const second = await given(phone, draft);
    clock.add(16 * minute);
    expect(await kiosk.handover.take(second, kiosk.drafts)).toEqual({
      ok: false,
      error: 'expired',
    });
    expect(await phone.handover.state(second)).toMatchObject({
      ok: true,
      value: { state: 'expired' },
    });
    expect(await phone.handover.reclaim(second)).toMatchObject({
      ok: true,
      value: { state: 'expired' },
    });
    expect(await phone.drafts.load(draft.id)).toEqual(draft);
  });

  test('[H4] after a taking it stays read-only until the person goes on here', async () => {
    const { phone, kiosk } = await stage();
    const { draft } = await begun(phone);
    const code = await given(phone, draft);
    await kiosk.handover.take(code, kiosk.drafts);
    expect(await phone.handover.reclaim(code)).toMatchObject({
      ok: true,
      value: { state: 'taken' },
    });
    expect((await phone.drafts.load(draft.id))?.handedOverAt).toBeDefined();
    expect(await phone.handover.goOnHere(draft.id, phone.drafts)).toEqual(ok(draft));
    expect(await phone.drafts.load(draft.id)).toEqual(draft);
  });

  test('[H4] without a line reclaiming changes nothing; a forgotten code is over', async () => {
    const { phone, line, centre } = await stage();
    const { draft } = await begun(phone);
    const code = await given(phone, draft);
    line.next = 'cut';
    expect(await phone.handover.reclaim(code)).toEqual({ ok: false, error: 'no-line' });
    expect((await phone.drafts.load(draft.id))?.handedOverAt).toBeDefined();
    centre.memory.parcels.clear();
    expect(await phone.handover.state(code)).toMatchObject({
      ok: true,
      value: { state: 'expired' },
    });
    expect(await phone.handover.reclaim(code)).toMatchObject({
      ok: true,
      value: { state: 'expired' },
    });
    expect(await phone.drafts.load(draft.id)).toEqual(draft);
  });

  test('[H5] coming back it takes the place of the copy that waited for it', async () => {
    const { phone, kiosk } = await stage();
    const { draft } = await begun(phone);
    await kiosk.handover.take(await given(phone, draft), kiosk.drafts);
    const back = edited(draft, '林知夏 at the kiosk');
    await kiosk.drafts.save(back);
    expect(await phone.handover.take(await given(kiosk, back), phone.drafts)).toEqual(ok(back));
    expect(await phone.drafts.list()).toEqual([back]);
  });

  test('[H5] [H6] where both went on, the newcomer lies beside, and both can be compared', async () => {
    const { phone, kiosk } = await stage();
    const { draft } = await begun(phone);
    await kiosk.handover.take(await given(phone, draft), kiosk.drafts);
    await phone.handover.goOnHere(draft.id, phone.drafts);
    const here = { ...edited(draft, 'on the phone'), updatedAt: '2026-11-23T12:00:00.000Z' };
    await phone.drafts.save(here);
    const there = edited(draft, 'at the kiosk');
    await kiosk.drafts.save(there);
    const taken = await phone.handover.take(await given(kiosk, there), phone.drafts);
    if (!taken.ok) throw new Error(taken.error);
    expect(taken.value).toEqual({ ...there, id: taken.value.id });
    expect(taken.value.id).not.toBe(draft.id);
    expect(await phone.drafts.list()).toEqual([here, taken.value]);
  });

  test('[H7] one use, but the same device may take again what it lost on the way', async () => {
    const { phone, kiosk, line, device } = await stage();
    const other = await device('kiosk');
    const { draft } = await begun(phone);
    const code = await given(phone, draft);
    line.next = 'loseAnswer';
    expect(await kiosk.handover.take(code, kiosk.drafts)).toEqual({ ok: false, error: 'no-line' });
    expect(await other.handover.take(code, other.drafts)).toEqual({ ok: false, error: 'taken' });
    expect(await kiosk.handover.take(code, kiosk.drafts)).toEqual(ok(draft));
    expect(await kiosk.handover.take(code, kiosk.drafts)).toEqual(ok(draft));
    expect(await kiosk.drafts.list()).toEqual([draft]);
  });

  test('[H8] a full disk says so, and the parcel can be taken once there is room', async () => {
    const { phone, kiosk } = await stage();
    const { draft } = await begun(phone);
    const code = await given(phone, draft);
    const full = {
      ...kiosk.drafts,
      putFile: async () => ({ ok: false, error: 'quota-exceeded' }) as const,
    };
    expect(await kiosk.handover.take(code, full)).toEqual({ ok: false, error: 'quota-exceeded' });
    expect(await kiosk.handover.take(code, kiosk.drafts)).toEqual(ok(draft));
  });

  test.each([
    '',
    'TBH1:',
    'TBH1:short.key',
    'https://example.invalid',
    `TBH1:${'a'.repeat(22)}.${'b'.repeat(42)}`,
  ])('[H2] %s is no code of ours', async (code) => {
    const { kiosk } = await stage();
    expect(await kiosk.handover.take(code, kiosk.drafts)).toEqual({
      ok: false,
      error: 'unknown-code',
    });
  });

  test('[H1] locator and key are 128 and 256 random bits, each time new', () => {
    const codes = Array.from({ length: 50 }, () => makeCode(systemRandom));
    for (const code of codes) {
      expect(readCode(writeCode(code))).toEqual(code);
      expect([code.locator.length, code.key.length]).toEqual([22, 32]);
    }
    expect(new Set(codes.map(({ locator }) => locator)).size).toBe(50);
    expect(new Set(codes.map(({ key }) => base64url(key))).size).toBe(50);
  });
});
