import { useTranslation } from 'react-i18next';
import { useLocal } from '../language/Local.tsx';
import { ChoiceControl, type ChoiceOption } from './Choice.tsx';
import type { ControlProps } from './control.ts';
import { DateControl } from './DateControl.tsx';
import { TextControl } from './TextControl.tsx';

interface FieldControlProps extends Omit<ControlProps, 'label'> {
  /** What each option brings with it. */
  readonly fillsOf?: (value: string) => ChoiceOption['fills'];
  readonly quietLegend?: boolean;
}

/** The control that a dictionary field's kind asks for. */
export function FieldControl({ fillsOf, quietLegend, ...props }: FieldControlProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const label = local(props.field.label);
  const options: readonly { value: string; label: string }[] | undefined =
    props.field.kind === 'yes-no'
      ? [
          { value: 'yes', label: t('common:yes') },
          { value: 'no', label: t('common:no') },
        ]
      : props.field.choices?.map((choice) => ({ value: choice.value, label: local(choice.label) }));
  if (options !== undefined)
    return (
      <ChoiceControl
        {...props}
        label={label}
        {...(quietLegend && { quietLegend })}
        options={options.map((option) => ({ ...option, fills: fillsOf?.(option.value) }))}
      />
    );
  if (props.field.kind === 'date') return <DateControl {...props} label={label} />;
  return <TextControl {...props} label={label} />;
}
