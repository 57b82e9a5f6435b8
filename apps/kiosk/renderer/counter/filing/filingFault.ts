import type { BeginFailure } from '@tongban/core';
import type { HandoverFailure } from '@tongban/sync';
import type { StaffText } from '@tongban/ui/staff';

/** Why an application could not be begun, opened or taken over here. */
export function filingFault(failure: BeginFailure | HandoverFailure, t: StaffText): string {
  switch (failure) {
    case 'no-line':
    case 'expired':
    case 'taken':
    case 'unknown-code':
      return t(`fault:handover.${failure}`);
    default:
      return t(`fault:begin.${failure}`);
  }
}
