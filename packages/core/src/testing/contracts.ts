import { describe, expect, it } from 'vitest';
import { base64url, sha256 } from '../encoding.ts';
import type { CaseNumber, DraftId, FileAddress, SubmissionId } from '../ids.ts';
import type { Draft } from '../journey/draft.ts';
import type { DraftStore, Outbox, OutboxEntry } from '../ports/localStore.ts';
import type { Envelope } from '../seal/envelope.ts';

export { cardReaderContract } from '../reader/testing/cardReaderContract.ts';
export { handScannerContract } from './handScannerContract.ts';
export { pinLockContract } from './pinLockContract.ts';

/**
 * What every {@link DraftStore} keeps to. `open` gives a fresh, empty one; `reopen` the same disk after a crash; from
 * `refuse` on storage is refused.
 */
export function draftStoreContract(
  name: string,
  open: () => Promise<{
    readonly store: DraftStore;
    readonly reopen: () => Promise<DraftStore>;
    readonly refuse: () => Promise<void>;
    readonly close: () => Promise<void>;
  }>,
): void {
  describe(`DraftStore: ${name}`, () => {
    it('gives back what was saved, after a restart too', async () => {
      const { store, reopen, close } = await open();
      const draft = sampleDraft('1');
      expect(await store.save(draft)).toEqual({ ok: true, value: undefined });
      expect(await store.load(draft.id)).toEqual(draft);
      expect(await (await reopen()).load(draft.id)).toEqual(draft);
      await close();
    });

    it('keeps the last of several saves', async () => {
      const { store, reopen, close } = await open();
      const draft = sampleDraft('1');
      for (const value of ['林知厦', '林知夏', '𠮷知夏'])
        await store.save({ ...draft, answers: { 'child.name': { value, source: 'typed' } } });
      const kept = await (await reopen()).load(draft.id);
      expect(kept?.answers['child.name']?.value).toBe('𠮷知夏');
      await close();
    });

    it('lists drafts, newest first', async () => {
      const { store, close } = await open();
      for (const day of ['2', '9', '4']) await store.save(sampleDraft(day));
      expect((await store.list()).map(({ updatedAt }) => updatedAt.slice(9, 10))).toEqual([
        '9',
        '4',
        '2',
      ]);
      await close();
    });

    it('knows nothing of a draft that was never there or was removed', async () => {
      const { store, reopen, close } = await open();
      const draft = sampleDraft('1');
      expect(await store.load(draft.id)).toBeUndefined();
      await store.save(draft);
      await store.remove(draft.id);
      await store.remove(draft.id);
      expect(await (await reopen()).load(draft.id)).toBeUndefined();
      await close();
    });

    it('gives back files byte for byte, and forgets them when told', async () => {
      const { store, reopen, close } = await open();
      const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) & 0xff);
      const address = await addressOf(bytes);
      expect(await store.putFile(address, bytes)).toEqual({ ok: true, value: undefined });
      const again = await reopen();
      expect(await again.getFile(address)).toEqual(bytes);
      await again.removeFile(address);
      await again.removeFile(address);
      expect(await again.getFile(address)).toBeUndefined();
      await close();
    });

    it('says that storage is refused, whatever is asked of it, and never throws', async () => {
      const { store, refuse, close } = await open();
      const draft = sampleDraft('1');
      const bytes = Uint8Array.of(1, 2, 3);
      const address = await addressOf(bytes);
      await store.save(draft);
      await store.putFile(address, bytes);
      await refuse();
      const refused = { ok: false, error: 'storage-refused' };
      expect(await store.save(draft)).toEqual(refused);
      expect(await store.putFile(address, bytes)).toEqual(refused);
      expect(await store.removeFile(address)).toEqual(refused);
      expect(await store.remove(draft.id)).toEqual(refused);
      await close();
    });

    it('does not share what it holds with who gave it', async () => {
      const { store, close } = await open();
      const bytes = Uint8Array.of(1, 2, 3);
      const address = await addressOf(bytes);
      await store.putFile(address, bytes);
      bytes[0] = 9;
      expect(await store.getFile(address)).toEqual(Uint8Array.of(1, 2, 3));
      await close();
    });
  });
}

/** What every {@link Outbox} keeps to, as far as it goes without a line. */
export function outboxContract(
  name: string,
  open: () => Promise<{
    readonly outbox: Outbox;
    readonly reopen: () => Promise<Outbox>;
    readonly close: () => Promise<void>;
  }>,
): void {
  describe(`Outbox: ${name}`, () => {
    it('keeps an envelope, after a restart too', async () => {
      const { outbox, reopen, close } = await open();
      expect(await outbox.put(sampleEnvelope('1'), 'N1', new Map())).toEqual({
        ok: true,
        value: undefined,
      });
      const [entry] = await (await reopen()).list();
      expect(entry).toMatchObject({
        submissionId: sampleEnvelope('1').submissionId,
        receiptNumber: 'N1',
        kind: 'application',
        state: { at: 'saved' },
      });
      await close();
    });

    it('takes a submission once', async () => {
      const { outbox, close } = await open();
      const bytes = Uint8Array.of(1, 2, 3);
      const address = await addressOf(bytes);
      const files = new Map([[address, bytes]]);
      await outbox.put({ ...sampleEnvelope('1'), files: [address] }, 'N1', files);
      expect(await outbox.put({ ...sampleEnvelope('1'), jwe: 'other' }, 'N1', new Map())).toEqual({
        ok: true,
        value: undefined,
      });
      const other = { ...sampleEnvelope('1'), manifestHash: 'A'.repeat(43) };
      expect(await outbox.put(other, 'N1', new Map())).toEqual({
        ok: false,
        error: 'another-stands',
      });
      expect(await outbox.list()).toHaveLength(1);
      await close();
    });

    it('tells a listener at once and after each change, until it stops', async () => {
      const { outbox, close } = await open();
      const seen: number[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      const listener = (entries: readonly OutboxEntry[]) => {
        seen.push(entries.length);
        if (entries.length === 1) resolve();
      };
      const stop = outbox.watch(listener);
      await outbox.put(sampleEnvelope('1'), 'N1', new Map());
      await promise;
      stop();
      const before = seen.length;
      await outbox.put(sampleEnvelope('2'), 'N2', new Map());
      expect(await outbox.list()).toHaveLength(2);
      expect(seen).toHaveLength(before);
      await close();
    });
  });
}

async function addressOf(ciphertext: Uint8Array): Promise<FileAddress> {
  return base64url(await sha256(ciphertext)) as FileAddress;
}

/** A draft of a made-up person, last changed on that day. */
export function sampleDraft(day: string): Draft {
  const updatedAt = `2026-11-0${day}T08:00:00.000Z`;
  return {
    id: `00000000-0000-4000-8000-00000000000${day}` as DraftId,
    target: { kind: 'bundle', id: 'newborn' },
    catalogueVersion: '2026.11.1',
    submissionId: `00000000-0000-4000-9000-00000000000${day}` as SubmissionId,
    receiptNumber: '3201993202611239ABCDEFGHJKMX' as CaseNumber,
    receiptSecret: 'AAAAAAAAAAAAAAAAAAAAAA',
    caseNumbers: {},
    language: 'zh-CN',
    createdAt: updatedAt,
    updatedAt,
    filing: { mode: 'self' },
    evidence: [],
    consents: [],
    answers: { 'mother.name': { value: '丁小禾', source: 'typed' } },
    materials: {},
    papers: [],
    step: 'questions',
  };
}

export function sampleEnvelope(digit: string): Envelope {
  return {
    protocol: 1,
    submissionId: `00000000-0000-4000-9000-00000000000${digit}`,
    kind: 'application',
    manifestHash: digit.repeat(43),
    terminal: 'T'.repeat(43),
    files: [],
    jwe: 'header.key.iv.ciphertext.tag',
  };
}
