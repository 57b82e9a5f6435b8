import { useTranslation } from 'react-i18next';
import { useSurroundings } from '../setting/surroundings.tsx';

/** What a machine in a hall has people for, one's own phone has its owner for. */
const ownToMend: ReadonlySet<string> = new Set([
  'quota-exceeded',
  'storage-refused',
  'centre-unknown',
]);

/** A fault in words that fit the place: at a kiosk somebody is asked for help, on one's own phone one helps oneself. */
export function useFaultWords(): (
  about: 'store' | 'attach' | 'submit',
  failure: string,
  values?: Readonly<Record<string, string | number>>,
) => string {
  const { t } = useTranslation();
  const { place } = useSurroundings();
  return (about, failure, values = {}) =>
    place === 'phone' && ownToMend.has(failure)
      ? t(`fault:own.${about}.${failure}`, values)
      : t(`fault:${about}.${failure}`, values);
}
