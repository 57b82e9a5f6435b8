import { shippedCatalogue } from '@tongban/catalogue';
import { expect, it } from 'vitest';
import type { PublicStatus } from '../case/state.ts';
import { inBundleOrder } from './order.ts';

const status = (item: string, bundle?: string) =>
  ({ item, ...(bundle === undefined ? {} : { bundle }) }) as PublicStatus;

it('shows the cases of a bundle as one follows the other, however the centre numbered them', () => {
  const order = shippedCatalogue.bundles[0]?.items.map(({ item }) => item) ?? [];
  const cases = order.toReversed().map((item) => status(item, 'newborn'));
  expect(inBundleOrder(shippedCatalogue, cases).map(({ item }) => item)).toEqual(order);
});

it('leaves a single case alone', () => {
  const cases = [status('residence-permit')];
  expect(inBundleOrder(shippedCatalogue, cases)).toEqual(cases);
});
