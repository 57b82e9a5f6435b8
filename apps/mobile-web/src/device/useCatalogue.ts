import type { Catalogue } from '@tongban/core';
import { usePhone } from './PhoneState.tsx';

/** The catalogue in force on this phone. Only below a ready phone. */
export function useCatalogue(): Catalogue {
  return usePhone().device.catalogue();
}
