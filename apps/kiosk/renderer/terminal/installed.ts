import type { DeviceOptions } from '@tongban/sync';
import type { TongbanBridge } from '../../bridge.ts';

/**
 * What this terminal was set up with, and that its storage shall last. In a browser nobody set anything up: there staff
 * type the code where the centre asks for one.
 */
export async function installed(
  bridge: TongbanBridge | undefined,
): Promise<Pick<DeviceOptions, 'hall' | 'enrolmentCode' | 'shippedCentreKey' | 'persist'>> {
  const { hall, enrolmentCode, centreKey } = (await bridge?.installation()) ?? {};
  return {
    persist: () => navigator.storage.persist(),
    ...(hall === undefined ? {} : { hall }),
    ...(enrolmentCode === undefined ? {} : { enrolmentCode }),
    ...(centreKey === undefined ? {} : { shippedCentreKey: centreKey }),
  };
}
