import type { Draft, Filing } from '@tongban/core';

/** Staff of an application that was handed on and that nobody took up yet. */
const nobody = '';

/** The same application, for whoever works at this counter next. */
export function handedOn(filing: Filing): Filing {
  const ticket = filing.mode === 'assisted' ? filing.ticket : undefined;
  return {
    mode: 'assisted',
    staff: nobody,
    staffName: nobody,
    ...(ticket === undefined ? {} : { ticket }),
  };
}

/** Whether this clerk may see it: their own, or handed on. What another began here is none of their business. */
export function isFor(account: string, { filing }: Pick<Draft, 'filing'>): boolean {
  return filing.mode !== 'assisted' || filing.staff === account || filing.staff === nobody;
}
