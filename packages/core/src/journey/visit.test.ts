import { shippedCatalogue } from '@tongban/catalogue';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileAddress } from '../ids.ts';
import { blankJpeg, blankPng } from '../testing/files.ts';
import { beginVisit } from './beginVisit.ts';
import { fill, identity, type Stage, signature, stage } from './testing/stage.ts';
import type { Visit } from './visit.ts';

let here: Stage;
beforeEach(async () => {
  here = await stage();
});

const permit = { kind: 'item', id: 'residence-permit' } as const;
const newborn = { kind: 'bundle', id: 'newborn' } as const;
const begin = async (target: typeof permit | typeof newborn = permit): Promise<Visit> => {
  const begun = await beginVisit(here.ports, target);
  if (!begun.ok) throw new Error(begun.error);
  return begun.value;
};
const stored = async (visit: Visit) => here.ports.store.load(visit.snapshot().draft.id);

describe('beginning', () => {
  it('is on the disk before it is on the screen, with all numbers minted', async () => {
    const visit = await begin(newborn);
    const { draft, plan } = visit.snapshot();
    expect(await stored(visit)).toEqual(draft);
    expect(Object.keys(draft.caseNumbers)).toEqual(plan.items.map(({ item }) => item.id));
    expect(new Set([draft.receiptNumber, ...Object.values(draft.caseNumbers)]).size).toBe(6);
    expect(draft.receiptNumber).toMatch(/^3201999\d{8}[0-9A-Z]{12}.$/);
  });

  it('gives a single item one number for case and receipt', async () => {
    const { draft } = (await begin()).snapshot();
    expect(draft.receiptNumber).toBe(draft.caseNumbers['residence-permit']);
  });

  it('fails in words of its own', async () => {
    const unknown = { kind: 'item', id: 'fishing-licence' } as const;
    expect(await beginVisit(here.ports, unknown)).toEqual({ ok: false, error: 'unknown-item' });
    here.disk.failure = 'quota-exceeded';
    expect(await beginVisit(here.ports, permit)).toEqual({ ok: false, error: 'quota-exceeded' });
    here.disk.failure = undefined;
    here.clock.set('2027-12-31T15:59:59Z');
    expect((await beginVisit(here.ports, permit)).ok).toBe(true);
    here.clock.set('2027-12-31T16:00:00Z');
    expect(await beginVisit(here.ports, permit)).toEqual({ ok: false, error: 'catalogue-expired' });
  });
});

describe('identity', () => {
  it('fills in what the evidence says, with its source', async () => {
    const visit = await begin();
    await visit.identify(identity.mother);
    expect(visit.snapshot().draft.answers).toEqual({
      'applicant.name': { value: '丁小禾', source: 'identity' },
      'applicant.residentId': { value: '320199199403120027', source: 'identity' },
      'applicant.sex': { value: '2', source: 'identity' },
      'applicant.birthDate': { value: '1994-03-12', source: 'identity' },
      'applicant.ethnicity': { value: '01', source: 'identity' },
      'applicant.registeredAddress': { value: '云陵县青石镇望江路 3 号', source: 'identity' },
    });
  });

  it('never overwrites what somebody typed', async () => {
    const visit = await begin();
    await visit.answer('applicant.registeredAddress', '云陵县青石镇望江路 5 号');
    await visit.identify(identity.mother);
    expect(visit.snapshot().draft.answers['applicant.registeredAddress']).toEqual({
      value: '云陵县青石镇望江路 5 号',
      source: 'typed',
    });
  });

  it('knows mother from father by the evidence', async () => {
    const visit = await begin(newborn);
    await visit.identify(identity.father);
    const { answers } = visit.snapshot().draft;
    expect(answers['father.name']?.value).toBe('林远舟');
    expect(answers['mother.name']).toBeUndefined();
  });

  it('leaves nothing of the first person to a second one', async () => {
    const visit = await begin(newborn);
    await visit.identify(identity.mother);
    await visit.consent();
    await visit.answer('child.name', '林知夏');
    await visit.attach('birth-page', blankJpeg, 'page.jpg', { childName: '林知夏' });
    const first = visit.snapshot();
    await visit.identify(identity.father);
    const { draft, missing } = visit.snapshot();
    expect(draft.evidence).toEqual([identity.father]);
    expect(draft.consents).toEqual([]);
    expect(missing).toContainEqual({ kind: 'consent' });
    expect(draft.materials).toEqual({});
    expect(here.disk.files.size).toBe(0);
    expect(new Set(Object.values(draft.answers).map(({ source }) => source))).toEqual(
      new Set(['identity']),
    );
    expect(draft.answers['father.name']?.value).toBe('林远舟');
    expect(JSON.stringify(draft)).not.toContain('丁小禾');
    const { target, filing, language, caseNumbers } = first.draft;
    expect(draft).toMatchObject({ target, filing, language, caseNumbers });
  });

  it('lets a second person sign only for themselves', async () => {
    const visit = await begin();
    await fill(visit, identity);
    await visit.sign(signature);
    await visit.identify(identity.father);
    expect(visit.snapshot().draft.papers).toEqual([]);
    expect(await visit.submit()).toEqual({ ok: false, error: 'incomplete' });
  });

  it('keeps what was answered before anyone was known', async () => {
    const visit = await begin();
    await visit.answer('residence.basis', 'home');
    await visit.identify(identity.mother);
    expect(visit.snapshot().draft.answers['residence.basis']?.value).toBe('home');
  });

  it('keeps both when the same person shows more', async () => {
    const visit = await begin();
    await visit.identify(identity.typed);
    expect(visit.snapshot().needsConfirmation).toBe(true);
    await visit.identify(identity.mother);
    expect(visit.snapshot().draft.evidence).toHaveLength(2);
    expect(visit.snapshot().needsConfirmation).toBe(false);
  });

  it('leaves out what cannot stand as an answer', async () => {
    const visit = await begin();
    const { attributes } = identity.mother;
    await visit.identify({ ...identity.mother, attributes: { ...attributes, ethnicity: '汉' } });
    expect(visit.snapshot().draft.answers['applicant.ethnicity']).toBeUndefined();
  });
});

describe('answers', () => {
  it('open and close the questions that depend on them', async () => {
    const visit = await begin();
    const fields = () =>
      visit
        .snapshot()
        .questions.flatMap((question) => question.fields.map(({ field }) => field))
        .filter((field) => field === 'residence.employer' || field === 'residence.school');
    expect(fields()).toEqual([]);
    await visit.answer('residence.basis', 'work');
    expect(fields()).toEqual(['residence.employer']);
    await visit.answer('residence.basis', 'study');
    expect(fields()).toEqual(['residence.school']);
  });

  it('neither count nor travel when their question fell away', async () => {
    const visit = await begin();
    await fill(visit, { ...identity, answers: { 'residence.basis': 'work' } });
    await visit.answer('residence.employer', '澜州纺织厂');
    await visit.answer('residence.basis', 'home');
    await visit.attach('home-proof', blankJpeg, 'lease.jpg');
    await visit.promise('lease-record');
    await visit.sign(signature);
    await visit.submit();
    const { draft } = visit.snapshot();
    expect(draft.answers['residence.employer']).toBeDefined();
    expect(draft.manifest?.answers['residence.employer']).toBeUndefined();
  });

  it('follow another answer until somebody types', async () => {
    const visit = await begin();
    await visit.answer('residence.address', '南湖区桂子路 18 号');
    const mail = () => visit.snapshot().draft.answers['result.mailAddress'];
    expect(mail()).toEqual({ value: '南湖区桂子路 18 号', source: 'derived' });
    await visit.answer('residence.address', '南湖区桂子路 20 号');
    expect(mail()?.value).toBe('南湖区桂子路 20 号');
    await visit.answer('result.mailAddress', '南湖区湖滨路 1 号');
    await visit.answer('residence.address', '南湖区桂子路 22 号');
    expect(mail()).toEqual({ value: '南湖区湖滨路 1 号', source: 'typed' });
    await visit.answer('result.mailAddress', '');
    expect(mail()).toEqual({ value: '南湖区桂子路 22 号', source: 'derived' });
    await visit.answer('residence.address', '');
    expect(mail()).toBeUndefined();
  });

  it('are kept with their faults, which are said in the order of the questions', async () => {
    const visit = await begin();
    await visit.answer('applicant.mobile', '12345');
    await visit.answer('applicant.residentId', '320199199403120028');
    expect(visit.snapshot().faults).toEqual([
      { field: 'applicant.residentId', fault: 'id-check-digit' },
      { field: 'applicant.mobile', fault: 'not-a-mobile' },
    ]);
    expect(visit.snapshot().missing).toContainEqual({ kind: 'field', field: 'applicant.mobile' });
    expect((await stored(visit))?.answers['applicant.mobile']?.value).toBe('12345');
  });

  it('stay on the screen and on the disk as they were when the disk refuses', async () => {
    const visit = await begin();
    await visit.answer('applicant.mobile', '13800136620');
    const before = visit.snapshot();
    here.disk.failure = 'quota-exceeded';
    expect(await visit.answer('applicant.mobile', '13900136620')).toEqual({
      ok: false,
      error: 'quota-exceeded',
    });
    expect(visit.snapshot()).toBe(before);
    expect(await stored(visit)).toEqual(before.draft);
  });

  it('given at the same moment all arrive', async () => {
    const visit = await begin();
    const values = ['1', '2', '3', '4', '5'].map((digit) => `南湖区桂子路 ${digit} 号`);
    await Promise.all([
      ...values.map((value) => visit.answer('residence.address', value)),
      visit.answer('applicant.mobile', '13800136620'),
      visit.consent(),
    ]);
    const { draft } = visit.snapshot();
    expect(draft.answers['residence.address']?.value).toBe(values.at(-1));
    expect(draft.answers['applicant.mobile']?.value).toBe('13800136620');
    expect(draft.consents).toHaveLength(2);
    expect(await stored(visit)).toEqual(draft);
  });

  it('to something that is not asked are a bug, and stop nothing after it', async () => {
    const visit = await begin();
    await expect(visit.answer('child.name', '林知夏')).rejects.toThrow('does not ask');
    expect(await visit.answer('applicant.mobile', '13800136620')).toMatchObject({ ok: true });
  });
});

describe('materials', () => {
  it('are encrypted on the disk and come back as they were', async () => {
    const visit = await begin(newborn);
    expect(await visit.attach('birth-page', blankJpeg, 'page.jpg')).toMatchObject({ ok: true });
    const [file] = visit.snapshot().draft.materials['birth-page']?.files ?? [];
    expect(file).toMatchObject({ name: 'page.jpg', type: 'image/jpeg', size: blankJpeg.length });
    const ciphertext = here.disk.files.get(file?.address as FileAddress);
    expect(Buffer.from(ciphertext ?? []).includes(Buffer.from(blankJpeg.subarray(0, 16)))).toBe(
      false,
    );
    expect(await visit.open(file?.address ?? '')).toEqual(blankJpeg);
    expect(await visit.open('elsewhere')).toBeUndefined();
  });

  it.each([
    ['too-large', new Uint8Array(10 * 1024 * 1024 + 1)],
    ['wrong-kind', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['torn', blankPng.subarray(0, 60)],
  ] as const)('are refused when %s', async (error, bytes) => {
    const visit = await begin(newborn);
    expect(await visit.attach('birth-page', bytes, 'x')).toEqual({ ok: false, error });
    expect(visit.snapshot().draft.materials).toEqual({});
    expect(here.disk.files.size).toBe(0);
  });

  it('stop at as many files as the catalogue allows', async () => {
    const visit = await begin(newborn);
    for (let i = 0; i < 3; i++) await visit.attach('birth-page', blankJpeg, `${i}.jpg`);
    expect(await visit.attach('birth-page', blankJpeg, '4.jpg')).toEqual({
      ok: false,
      error: 'too-many',
    });
  });

  it('leave nothing behind when the disk is full', async () => {
    const visit = await begin(newborn);
    here.disk.failure = 'quota-exceeded';
    expect(await visit.attach('birth-page', blankJpeg, 'x.jpg')).toMatchObject({ ok: false });
    here.disk.failure = undefined;
    expect(here.disk.files.size).toBe(0);
  });

  it('are refused in words when the disk fills up between file and draft, and go as soon as it lets them', async () => {
    const { store } = here.ports;
    const filling = {
      ...store,
      save: (draft: Parameters<typeof store.save>[0]) => {
        if (Object.keys(draft.materials).length > 0) here.disk.failure = 'quota-exceeded';
        return store.save(draft);
      },
    };
    const begun = await beginVisit({ ...here.ports, store: filling }, newborn);
    if (!begun.ok) throw new Error(begun.error);
    const visit = begun.value;
    expect(await visit.attach('birth-page', blankJpeg, 'x.jpg')).toEqual({
      ok: false,
      error: 'quota-exceeded',
    });
    expect(here.disk.files.size).toBe(1);
    here.disk.failure = undefined;
    expect(await visit.answer('child.name', '林知夏')).toMatchObject({ ok: true });
    expect(here.disk.files.size).toBe(0);
  });

  it('compare what their codes say with the form, until they are taken away', async () => {
    const visit = await begin(newborn);
    await visit.answer('child.name', '林知厦');
    await visit.attach('birth-page', blankJpeg, 'page.jpg', { childName: '林知夏' });
    expect(visit.snapshot().differences).toMatchObject([
      { onMaterial: '林知夏', onForm: '林知厦' },
    ]);
    const [file] = visit.snapshot().draft.materials['birth-page']?.files ?? [];
    await visit.detach('birth-page', file?.address ?? '');
    expect(visit.snapshot().differences).toEqual([]);
    expect(here.disk.files.size).toBe(0);
  });

  it('may be promised only where the catalogue lets them, and only while they are missing', async () => {
    const visit = await begin(newborn);
    const promise = async (id: string) => (await visit.promise(id)).ok;
    expect(await promise('birth-page')).toBe(false);
    expect(await promise('father-id')).toBe(false);
    await visit.answer('father.recorded', 'yes');
    expect(await promise('marriage-certificate')).toBe(false);
    expect(await promise('father-id')).toBe(true);
    await visit.attach('father-id', blankJpeg, 'id.jpg');
    expect(visit.snapshot().draft.materials['father-id']?.state).toBe('provided');
    expect(await promise('father-id')).toBe(false);
  });
});

describe('going on with a draft', () => {
  it('opens where the person stood', async () => {
    const visit = await begin();
    await visit.answer('applicant.mobile', '13800136620');
    await visit.goTo('materials');
    const draft = (await stored(visit)) ?? visit.snapshot().draft;
    const again = await beginVisit(here.ports, draft);
    expect(again.ok && again.value.snapshot()).toEqual(visit.snapshot());
  });

  it('keeps the time of its last change when it is only opened in its own language', async () => {
    const visit = await begin();
    const before = visit.snapshot().draft;
    here.clock.set('2026-11-24T06:00:00Z');
    await visit.setLanguage(before.language);
    expect(await stored(visit)).toEqual(before);
    await visit.setLanguage('en');
    expect((await stored(visit))?.updatedAt).not.toBe(before.updatedAt);
  });

  it('follows a newer catalogue: answers stay, signatures fall', async () => {
    const visit = await begin();
    await fill(visit, identity);
    await visit.sign(signature);
    const catalogue = { ...shippedCatalogue, version: '2026.12.1' };
    const again = await beginVisit(
      { ...here.ports, catalogue: () => catalogue },
      visit.snapshot().draft,
    );
    if (!again.ok) throw new Error(again.error);
    const { draft } = again.value.snapshot();
    expect(draft.catalogueVersion).toBe('2026.12.1');
    expect(draft.answers).toEqual(visit.snapshot().draft.answers);
    expect(draft.papers).toEqual([]);
  });

  it('refuses changes to one that was handed over', async () => {
    const { draft } = (await begin()).snapshot();
    const gone = await beginVisit(here.ports, { ...draft, handedOverAt: draft.updatedAt });
    if (!gone.ok) throw new Error(gone.error);
    await expect(gone.value.consent()).rejects.toThrow('handed over');
  });
});

it('tells the time that is left, and none at the end', async () => {
  const visit = await begin();
  const { minutes } = visit.snapshot().plan;
  expect(visit.snapshot().minutesLeft).toBe(minutes);
  await fill(visit, identity);
  expect(visit.snapshot().minutesLeft).toBeLessThan(minutes / 2);
  await visit.sign(signature);
  await visit.submit();
  expect(visit.snapshot().minutesLeft).toBe(0);
});

it('tells its listeners of each change until they stop', async () => {
  const visit = await begin();
  let calls = 0;
  const stop = visit.subscribe(() => {
    calls += 1;
  });
  const before = visit.snapshot();
  expect(visit.snapshot()).toBe(before);
  await visit.goTo('path');
  expect(visit.snapshot()).not.toBe(before);
  stop();
  await visit.goTo('questions');
  expect(calls).toBe(1);
});
