import { expect, test } from 'vitest';
import { beginVisit } from './beginVisit.ts';
import { identity, stage } from './testing/stage.ts';
import type { VisitPorts } from './visit.ts';

const begun = async (ports: VisitPorts) => {
  const visit = await beginVisit(ports, { kind: 'item', id: 'residence-permit' });
  if (!visit.ok) throw new Error(visit.error);
  return visit.value;
};

test('what a phone read of a document is declared: anyone may hold one', async () => {
  const { ports } = await stage();
  const seen = { ...identity.mother, source: 'camera', assurance: 'read' } as const;
  const atKiosk = await begun(ports);
  await atKiosk.identify(seen);
  expect(atKiosk.snapshot().needsConfirmation).toBe(false);
  const onPhone = await begun({ ...ports, channel: '3' });
  await onPhone.identify(seen);
  expect(onPhone.snapshot()).toMatchObject({
    needsConfirmation: true,
    draft: { evidence: [{ source: 'camera', assurance: 'declared' }] },
  });
  await onPhone.identify({ ...identity.mother, credential: 'a.b.c' });
  expect(onPhone.snapshot().needsConfirmation).toBe(false);
});
