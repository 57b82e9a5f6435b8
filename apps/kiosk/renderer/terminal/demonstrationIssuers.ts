import type { TrustList } from '@tongban/core';

/** Whose credentials a demonstration takes before its centre has named others. A production build never loads it. */
export async function demonstrationIssuers(): Promise<TrustList> {
  return (await import('@tongban/catalogue/demonstration')).demonstrationTrust;
}
