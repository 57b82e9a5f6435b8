import { maskedValue } from '@tongban/core';

/** An ID number as it may stand on a screen in a hall: region and check digits only. */
export const maskedId = (number: string): string =>
  maskedValue({ kind: 'resident-id', grade: 4 }, number);
