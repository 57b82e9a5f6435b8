import type { Draft } from '@tongban/core';
import { sampleDraft } from '@tongban/core/contracts';
import { type MemoryDisk, memoryDisk, memoryDraftStore } from '@tongban/core/testing';
import type { Device } from '@tongban/sync';
import { expect, test } from 'vitest';
import type { Unfinished } from './ownVisits.ts';
import { findTwins, joinTwins, type Twins } from './twins.ts';

const now = new Date('2026-11-26T08:00:00.000Z');
const picture = (name: string) => ({
  address: name,
  key: 'k',
  digest: 'd',
  type: 'image/jpeg',
  size: 3,
  name,
  addedAt: now.toISOString(),
});

function copy(visit: string, minute: number, changes: Partial<Draft>): Unfinished {
  const updatedAt = `2026-11-26T07:0${minute}:00.000Z`;
  return { visit, draft: { ...sampleDraft('1'), updatedAt, ...changes } };
}

const typed = (value: string) => ({ value, source: 'typed' }) as const;
const earlier = copy('here', 1, {
  answers: { 'residence.address': typed('桂子路 18 号'), 'contact.mobile': typed('13800006620') },
  materials: { 'home-proof': { state: 'provided', files: [picture('lease')], readings: {} } },
});
const later = copy('there', 5, {
  answers: { 'residence.address': typed('书院街 2 号') },
  materials: { 'home-proof': { state: 'provided', files: [picture('deed')], readings: {} } },
});

/** A phone with both copies on it, each with its file. */
async function phone() {
  const disks: Record<string, MemoryDisk> = { here: memoryDisk(), there: memoryDisk() };
  const ended: string[] = [];
  const device: Pick<Device, 'openVisit'> = {
    openVisit: async (id = '') => ({
      id,
      drafts: memoryDraftStore(disks[id] ?? memoryDisk()),
      taken: new Promise(() => undefined),
      end: async () => void ended.push(id),
    }),
  };
  for (const { visit, draft } of [earlier, later]) {
    const { drafts } = await device.openVisit(visit);
    await drafts.save(draft);
    for (const { files } of Object.values(draft.materials))
      for (const { address } of files)
        await drafts.putFile(address as never, new TextEncoder().encode(address));
  }
  return { device, disks, ended };
}

const twins = (): Twins => {
  const found = findTwins([later, earlier], 'there');
  if (found === undefined) throw new Error('No twins');
  return found;
};

test('[H6] the copy that both devices wrote is found from either, the older one first', () => {
  expect(twins().earlier.visit).toBe('here');
  expect(findTwins([later, earlier], 'here')).toEqual(twins());
  expect(twins().differences.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'file', 'file']);
});

test('[H6] what waits for its return, is handed in, or is another application is no twin', () => {
  const away = copy('there', 5, { handedOverAt: now.toISOString() });
  const other = copy('there', 5, { submissionId: sampleDraft('2').submissionId });
  expect(findTwins([earlier, away], 'here')).toBeUndefined();
  expect(findTwins([earlier, other], 'here')).toBeUndefined();
  expect(findTwins([earlier], 'here')).toBeUndefined();
});

test('[H6] joined, the choices count, the files of both are there, and one copy is left', async () => {
  const { device, ended } = await phone();
  const joined = await joinTwins(
    device,
    twins(),
    (difference) =>
      difference.kind === 'answer' && difference.field === 'residence.address'
        ? 'there'
        : undefined,
    now,
  );
  expect(joined).toEqual({ ok: true, value: 'here' });
  const { drafts } = await device.openVisit('here');
  const [draft] = await drafts.list();
  expect(draft?.answers['residence.address']?.value).toBe('书院街 2 号');
  expect(draft?.answers['contact.mobile']?.value).toBe('13800006620');
  for (const { address } of draft?.materials['home-proof']?.files ?? [])
    expect(new TextDecoder().decode(await drafts.getFile(address as never))).toBe(address);
  expect(draft?.materials['home-proof']?.files.map(({ name }) => name)).toEqual(['lease', 'deed']);
  expect(ended).toEqual(['there']);
});

test('[H6] a disk that refuses, or a file that is gone, leaves both as they were', async () => {
  const full = await phone();
  if (full.disks.here) full.disks.here.failure = 'quota-exceeded';
  const gone = await phone();
  gone.disks.there?.files.clear();
  expect(await joinTwins(full.device, twins(), () => undefined, now)).toEqual({
    ok: false,
    error: 'quota-exceeded',
  });
  expect(await joinTwins(gone.device, twins(), () => undefined, now)).toEqual({
    ok: false,
    error: 'storage-refused',
  });
  for (const { device, ended } of [full, gone]) {
    expect(ended).toEqual([]);
    const [draft] = await (await device.openVisit('here')).drafts.list();
    expect(draft).toEqual(earlier.draft);
  }
});
