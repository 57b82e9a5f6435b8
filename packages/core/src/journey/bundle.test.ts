import { expect, it } from 'vitest';
import { route, valuesOf } from '../case/route.ts';
import { open } from '../seal/seal.ts';
import { verifyPdf } from '../sign/index.ts';
import { blankJpeg } from '../testing/files.ts';
import { sampleApplication } from '../testing/sampleApplication.ts';
import { beginVisit } from './beginVisit.ts';
import { identity, signature, stage } from './testing/stage.ts';

it('carries a newborn’s five items in one act: one form, one signature, one envelope, five cases', async () => {
  const here = await stage();
  const begun = await beginVisit(here.ports, { kind: 'bundle', id: 'newborn' });
  if (!begun.ok) throw new Error(begun.error);
  const visit = begun.value;
  await visit.identify(identity.mother);
  await visit.consent();
  for (const [field, { value }] of Object.entries(sampleApplication.answers))
    if (visit.snapshot().draft.answers[field] === undefined) await visit.answer(field, value);
  expect(visit.snapshot().missing).toEqual([
    { kind: 'material', material: 'birth-page' },
    { kind: 'material', material: 'father-id' },
  ]);
  const page = { childName: '林知夏', birthDate: '2026年11月9日', motherName: '丁小禾' };
  await visit.attach('birth-page', blankJpeg, 'page.jpg', page);
  await visit.promise('father-id');
  expect(visit.snapshot().differences).toEqual([]);
  expect(await visit.sign(signature)).toMatchObject({ ok: true });
  expect(await visit.submit()).toMatchObject({ ok: true });

  expect(here.disk.envelopes.size).toBe(1);
  const [sent] = [...here.disk.envelopes.values()];
  const opened = await open(sent!.envelope, here.centre.keyFor);
  if (!opened.ok || opened.value.manifest?.kind !== 'application') throw new Error('not opened');
  const { manifest } = opened.value;
  expect(manifest.bundle).toBe('newborn');
  expect(manifest.cases).toHaveLength(5);
  expect(manifest.papers).toHaveLength(7);
  const household = here.ports.catalogue().items.find(({ id }) => id === 'household-registration');
  expect(route(household!, valuesOf(manifest.answers)).department).toBe('police-nanhu');
  for (const { file } of visit.snapshot().draft.papers) {
    const pdf = await visit.open(file.address);
    expect((await verifyPdf(pdf!, [here.root], { signatures: 1 })).holds).toBe(true);
  }
});
