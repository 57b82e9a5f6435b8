import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import fault from '../../locales/zh-CN/fault.json' with { type: 'json' };
import journey from '../../locales/zh-CN/journey.json' with { type: 'json' };
import { Journey } from './Journey.tsx';
import { evidence, journeyOnStage } from './testing/onStage.tsx';

test.each([
  ['path', journey.path.begin],
  ['materials', journey.next],
] as const)('a disk that refuses the way on is heard at %s', async (step, way) => {
  const { visit, place, disk, show } = await journeyOnStage();
  await visit.identify(evidence);
  await visit.consent();
  await visit.goTo(step);
  show(<Journey visit={visit} place={place} onLeave={() => undefined} />);
  disk.failure = 'quota-exceeded';
  await page.getByRole('button', { name: new RegExp(`^${way}`) }).click();
  await expect.element(page.getByText(fault.own.store['quota-exceeded'])).toBeVisible();
});
