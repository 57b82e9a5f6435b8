import { type ReactNode, useEffect, useId, useState } from 'react';
import type { ControlProps } from './control.ts';
import { Fault } from './Fault.tsx';

export interface ChoiceOption {
  readonly value: string;
  readonly label: ReactNode;
  readonly note?: ReactNode;
  /** What follows from this option, shown in it once it is chosen. */
  readonly fills?: ReactNode;
}

interface ChoiceProps {
  readonly legend: ReactNode;
  /** The legend repeats the heading of the screen: heard, not seen. */
  readonly quietLegend?: boolean;
  readonly options: readonly ChoiceOption[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly faultId?: string;
  readonly required?: boolean;
}

/** One of several. Radio buttons underneath, so that arrows, screen readers and keypads work as they do everywhere. */
export function Choice(props: ChoiceProps) {
  const { legend, quietLegend, options, value, onChoose, faultId, required } = props;
  const name = useId();
  return (
    <fieldset
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a plain group may not say that it is required or wrong (ARIA in HTML allows the role)
      role="radiogroup"
      className={
        options.length > 12
          ? 'choice choice-crowd'
          : options.length > 6
            ? 'choice choice-many'
            : 'choice'
      }
      aria-describedby={faultId}
      aria-invalid={faultId !== undefined}
      aria-required={required}
    >
      <legend className={quietLegend ? 'spoken' : undefined}>{legend}</legend>
      {options.map((option) => (
        <div className="option" key={option.value}>
          <label>
            <input
              className="covering"
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChoose(option.value)}
            />
            <span className="radio" aria-hidden="true" />
            <span className="option-words">
              {option.label}
              {option.note !== undefined && <span className="option-note">{option.note}</span>}
            </span>
          </label>
          {value === option.value && option.fills && (
            <div className="option-fills">{option.fills}</div>
          )}
        </div>
      ))}
    </fieldset>
  );
}

interface ChoiceControlProps extends ControlProps {
  readonly options: readonly ChoiceOption[];
  readonly quietLegend?: boolean;
}

/** A field whose answer is one of several. */
export function ChoiceControl(props: ChoiceControlProps) {
  const id = useId();
  const { fault, label, options, value, onAnswer, quietLegend, required } = props;
  // The mark follows the finger at once; the disk may take its moment.
  const [chosen, setChosen] = useState(value);
  useEffect(() => setChosen(value), [value]);
  return (
    <div className="field-choice">
      <Choice
        legend={label}
        {...(quietLegend && { quietLegend })}
        options={options}
        required={required}
        value={chosen}
        onChoose={(next) => {
          setChosen(next);
          onAnswer(next);
        }}
        {...(fault && { faultId: id })}
      />
      {fault && <Fault fault={fault} id={id} label={label} />}
    </div>
  );
}
