import { beforeEach, describe, expect, it } from 'vitest';
import type { FileAddress } from '../ids.ts';
import { openFile } from '../seal/file.ts';
import { open as openEnvelope } from '../seal/seal.ts';
import { verifyPdf } from '../sign/index.ts';
import { beginVisit } from './beginVisit.ts';
import { fill, identity, type Stage, signature, stage } from './testing/stage.ts';
import type { Visit } from './visit.ts';

let here: Stage;
beforeEach(async () => {
  here = await stage();
});

const permit = { kind: 'item', id: 'residence-permit' } as const;
const begin = async (): Promise<Visit> => {
  const begun = await beginVisit(here.ports, permit);
  if (!begun.ok) throw new Error(begun.error);
  return begun.value;
};
const stored = async (visit: Visit) => here.ports.store.load(visit.snapshot().draft.id);

describe('an expired catalogue', () => {
  it('heals in an open visit: the newer one is followed, its papers are read and signed anew', async () => {
    let inForce = here.ports.catalogue();
    const begun = await beginVisit({ ...here.ports, catalogue: () => inForce }, permit);
    if (!begun.ok) throw new Error(begun.error);
    const visit = begun.value;
    await fill(visit, identity);
    const answers = visit.snapshot().draft.answers;
    await visit.sign(signature);
    here.clock.set(`${inForce.validUntil}T16:00:00Z`);
    expect(await visit.submit()).toEqual({ ok: false, error: 'catalogue-expired' });

    inForce = { ...inForce, version: '2028.1.1', validUntil: '2028-12-31' };
    expect(await visit.sign(signature)).toEqual({ ok: false, error: 'catalogue-renewed' });
    const { draft, catalogue } = visit.snapshot();
    expect([draft.catalogueVersion, catalogue.version]).toEqual(['2028.1.1', '2028.1.1']);
    expect([draft.answers, draft.papers]).toEqual([answers, []]);
    expect(await visit.sign(signature)).toMatchObject({ ok: true });
    expect(await visit.submit()).toMatchObject({ ok: true });
  });

  it('changes nothing before it has expired, and nothing where the newer one no longer has the item', async () => {
    const first = here.ports.catalogue();
    let inForce = first;
    const begun = await beginVisit({ ...here.ports, catalogue: () => inForce }, permit);
    if (!begun.ok) throw new Error(begun.error);
    const visit = begun.value;
    await fill(visit, identity);
    inForce = { ...first, version: '2028.1.1', validUntil: '2028-12-31' };
    expect(await visit.sign(signature)).toMatchObject({ ok: true });
    inForce = { ...inForce, items: [] };
    here.clock.set(`${first.validUntil}T16:00:00Z`);
    expect(await visit.submit()).toEqual({ ok: false, error: 'catalogue-expired' });
    expect(visit.snapshot().catalogue).toBe(first);
  });
});

describe('signing', () => {
  it('waits until everything is there', async () => {
    const visit = await begin();
    expect(await visit.sign(signature)).toEqual({ ok: false, error: 'incomplete' });
    expect(await visit.submit()).toEqual({ ok: false, error: 'incomplete' });
    await fill(visit, identity);
    expect(visit.snapshot().missing).toEqual([]);
    expect(await visit.submit()).toEqual({ ok: false, error: 'not-signed' });
  });

  it('signs the papers that were shown, each so that it verifies', async () => {
    const visit = await begin();
    await fill(visit, identity);
    const drawn = await visit.papers();
    const shown = drawn.ok ? drawn.value : [];
    expect(shown.map(({ paper, title }) => [paper, title])).toEqual([
      ['application-form', '居住证申领表'],
      ['gap-commitment', '容缺受理承诺书'],
    ]);
    here.clock.set('2026-11-24T00:00:00Z');
    expect(await visit.sign(signature)).toMatchObject({ ok: true });
    const { papers } = visit.snapshot().draft;
    expect(papers).toHaveLength(2);
    for (const [index, { file }] of papers.entries()) {
      const pdf = (await visit.open(file.address)) ?? new Uint8Array();
      const original = shown[index]?.pdf ?? new Uint8Array();
      expect(Buffer.from(pdf.subarray(0, original.length)).equals(Buffer.from(original))).toBe(
        true,
      );
      expect(await verifyPdf(pdf, [here.root], { signatures: 1 })).toMatchObject({ holds: true });
    }
  });

  it('waits for the font of the papers, loses nothing, and goes on when it is here', async () => {
    const { fonts } = here.ports;
    let font: Awaited<ReturnType<typeof fonts>>;
    const begun = await beginVisit({ ...here.ports, fonts: async () => font }, permit);
    if (!begun.ok) throw new Error(begun.error);
    const visit = begun.value;
    await fill(visit, identity);
    const missing = { ok: false, error: 'font-missing' };
    expect(await visit.papers()).toEqual(missing);
    expect(await visit.sign(signature)).toEqual(missing);
    expect(visit.snapshot().missing).toEqual([]);
    font = await fonts();
    expect(await visit.sign(signature)).toMatchObject({ ok: true });
  });

  it('is undone by any change of the content, and by nothing else', async () => {
    const visit = await begin();
    await fill(visit, identity);
    const signed = async () => {
      await visit.sign(signature);
      expect(visit.snapshot().draft.papers).toHaveLength(2);
    };
    await signed();
    await visit.goTo('review');
    await visit.setLanguage('ug');
    expect(visit.snapshot().draft.papers).toHaveLength(2);
    const files = here.disk.files.size;
    await visit.answer('applicant.mobile', '13900136620');
    expect(visit.snapshot().draft.papers).toEqual([]);
    expect(here.disk.files.size).toBe(files - 2);
    await signed();
    await visit.setFiling({ mode: 'assisted', staff: '0317', staffName: '何敏' });
    expect(visit.snapshot().draft.papers).toEqual([]);
  });
});

describe('submitting', () => {
  const ready = async () => {
    const visit = await begin();
    await fill(visit, identity);
    await visit.sign(signature);
    return visit;
  };

  it('puts a sealed envelope with all its files into the outbox, which only the centre can open', async () => {
    const visit = await ready();
    const submitted = await visit.submit();
    const { draft, receipt } = visit.snapshot();
    expect(submitted).toEqual({ ok: true, value: receipt });
    const [sent] = here.disk.envelopes.values();
    const opened = await openEnvelope(sent?.envelope as never, here.centre.keyFor);
    if (!opened.ok || opened.value.manifest?.kind !== 'application') throw new Error('not opened');
    const { manifest } = opened.value;
    expect(manifest).toEqual(draft.manifest);
    expect(sent?.envelope.manifestHash).toBe(receipt?.manifestHash);
    expect(sent?.entry.receiptNumber).toBe(receipt?.number);
    expect(manifest.materials.map(({ material, state }) => [material, state])).toEqual([
      ['identity-card', 'exempt'],
      ['photo', 'exempt'],
      ['home-proof', 'provided'],
      ['lease-record', 'promised'],
    ]);
    for (const file of [
      ...manifest.materials.flatMap(({ files }) => files),
      ...manifest.papers.map((paper) => paper.file),
    ]) {
      const ciphertext = sent?.files.get(file.address as FileAddress) ?? new Uint8Array();
      expect((await openFile(file, ciphertext)).ok).toBe(true);
    }
    const clear = JSON.stringify({ ...sent?.envelope, jwe: '' });
    expect(clear).not.toContain('丁小禾');
  });

  it('gives the same receipt however often it is asked', async () => {
    const visit = await ready();
    const [first, second] = await Promise.all([visit.submit(), visit.submit()]);
    expect(second).toEqual(first);
    expect(here.disk.envelopes.size).toBe(1);
    await expect(visit.answer('applicant.mobile', '13900136620')).rejects.toThrow('submitted');
  });

  it('seals the same submission again when the outbox had no room', async () => {
    const visit = await ready();
    const { outbox } = here.ports;
    const seen: string[] = [];
    const full = {
      ...outbox,
      put: async (...[envelope]: Parameters<typeof outbox.put>) => {
        seen.push(envelope.manifestHash);
        return { ok: false, error: 'quota-exceeded' } as const;
      },
    };
    const again = await beginVisit({ ...here.ports, outbox: full }, visit.snapshot().draft);
    if (!again.ok) throw new Error(again.error);
    expect(await again.value.submit()).toEqual({ ok: false, error: 'quota-exceeded' });
    here.clock.set('2026-11-23T07:00:00Z');
    const last = await beginVisit(here.ports, again.value.snapshot().draft);
    if (!last.ok) throw new Error(last.error);
    expect(await last.value.submit()).toMatchObject({ ok: true, value: { manifestHash: seen[0] } });
  });

  it('finds its receipt when the power failed between the outbox and the draft', async () => {
    const visit = await ready();
    const fixed = { text: '' };
    const { store } = here.ports;
    const torn = {
      ...store,
      save: async (draft: Parameters<typeof store.save>[0]) => {
        if (draft.receipt !== undefined) throw new Error('power cut');
        if (draft.manifest !== undefined) fixed.text = JSON.stringify(draft);
        return store.save(draft);
      },
    };
    const cut = await beginVisit({ ...here.ports, store: torn }, visit.snapshot().draft);
    if (!cut.ok) throw new Error(cut.error);
    await expect(cut.value.submit()).rejects.toThrow('power cut');
    const reopened = await beginVisit(here.ports, JSON.parse(fixed.text));
    if (!reopened.ok) throw new Error(reopened.error);
    const { receipt, draft } = reopened.value.snapshot();
    const [sent] = here.disk.envelopes.values();
    expect(receipt?.manifestHash).toBe(sent?.envelope.manifestHash);
    expect(draft.step).toBe('receipt');
    expect((await stored(reopened.value))?.receipt).toEqual(receipt);
  });

  it('says what stands in the way, and loses nothing', async () => {
    const visit = await ready();
    const unknown = await beginVisit(
      { ...here.ports, centreKey: async () => undefined },
      visit.snapshot().draft,
    );
    if (!unknown.ok) throw new Error(unknown.error);
    expect(await unknown.value.submit()).toEqual({ ok: false, error: 'centre-unknown' });
    here.clock.set('2028-01-01T00:00:00Z');
    expect(await visit.submit()).toEqual({ ok: false, error: 'catalogue-expired' });
    expect(visit.snapshot().draft.papers).toHaveLength(2);
    here.clock.set('2026-11-23T06:00:00Z');
    here.disk.files.clear();
    expect(await visit.submit()).toEqual({ ok: false, error: 'storage-refused' });
  });
});
