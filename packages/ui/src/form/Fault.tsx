import type { FieldFault } from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';

/** What is wrong and what to do, beside the field. */
export function Fault({
  fault,
  id,
  label,
}: {
  readonly fault: FieldFault;
  readonly id: string;
  readonly label: string;
}) {
  const { t } = useTranslation();
  return (
    <p className="fault" id={id} role="alert">
      <Icon name="attention" />
      <span>{t(`fault:field.${fault}`, { label })}</span>
    </p>
  );
}
