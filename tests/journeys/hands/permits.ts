import {
  type ApplicationManifest,
  base64url,
  makeCaseNumber,
  systemClock,
  systemRandom,
  uuid,
} from '@tongban/core';
import {
  fillPermit,
  makeApplicant,
  makeDevice,
  people,
  permit,
  shown,
} from '@tongban/routing-api/testing';

/**
 * Residence permits of somebody who owns the home, filed at a kiosk of the hall without its screen: one for each
 * change of what was sealed. Gives their receipt numbers, in that order.
 */
export async function filePermits(
  origin: string,
  changes: readonly ((sealed: ApplicationManifest) => Partial<ApplicationManifest>)[],
): Promise<readonly string[]> {
  const kiosk = await makeDevice(origin, systemClock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  const applicant = makeApplicant(kiosk, systemClock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, systemClock), { 'residence.housing': 'own' });
  await applicant.submit(visit);
  const { manifest } = visit.snapshot().draft;
  if (manifest === undefined) throw new Error('Nothing was sealed');
  const { files } = applicant.packed();
  const numbers: string[] = [];
  for (const change of changes) {
    const number = makeCaseNumber('320199', '9', systemClock.now(), systemRandom);
    const own: ApplicationManifest = {
      ...manifest,
      submissionId: uuid(systemRandom),
      nonce: base64url(systemRandom.bytes(16)),
      receiptNumber: number,
      cases: manifest.cases.map((one) => ({ ...one, caseNumber: number })),
    };
    const verdict = await kiosk.send(await kiosk.sealed({ ...own, ...change(own) }), files);
    if (verdict.verdict !== 'received') throw new Error(`Not taken: ${verdict.verdict}`);
    numbers.push(number);
  }
  return numbers;
}
