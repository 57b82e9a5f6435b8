import { err, ok } from '@tongban/core';
import type { Device } from '@tongban/sync';
import type { StaffOffline } from '@tongban/ui/staff';

/** Clerks at this counter while there is no line, as the gate of the page asks for them. */
export function offlineStaff(device: Device): StaffOffline | undefined {
  const { staff } = device;
  if (staff === undefined) return undefined;
  return {
    accounts: staff.accounts,
    async unlock(account, pin) {
      const opened = await staff.unlock(account, pin);
      if (!opened.ok) return err(opened.error);
      return ok({ who: opened.value, catalogue: device.catalogue() });
    },
    signedIn: (account) => void staff.refresh(account),
  };
}
