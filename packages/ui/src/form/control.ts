import type { DictionaryField, FieldFault } from '@tongban/core';

/** What every control of a field gets. */
export interface ControlProps {
  readonly field: DictionaryField;
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly fault?: FieldFault;
  /** Takes the focus when it appears: the person asked to correct it. */
  readonly focused?: boolean;
  readonly onAnswer: (value: string) => void;
}
