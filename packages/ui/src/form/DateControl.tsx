import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSurroundings } from '../setting/surroundings.tsx';
import type { ControlProps } from './control.ts';
import { Fault } from './Fault.tsx';
import { Keypad } from './Keypad.tsx';
import { InDock } from './KeypadDock.tsx';
import { useKeysUp } from './useKeysUp.ts';
import { useTyped } from './useTyped.ts';

const parts = ['year', 'month', 'day'] as const;
type Part = (typeof parts)[number];
const lengths: Readonly<Record<Part, number>> = { year: 4, month: 2, day: 2 };

function split(iso: string): Record<Part, string> {
  const [year = '', month = '', day = ''] = iso.split('-');
  return { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') };
}

/** A part that is still empty stays empty. */
function join({ year, month, day }: Record<Part, string>): string {
  if (year === '' && month === '' && day === '') return '';
  const two = (digits: string) => (digits === '' ? '' : digits.padStart(2, '0'));
  return `${year}-${two(month)}-${two(day)}`;
}

/** A date as year, month, day: quicker to type and to check than any calendar, above all for a birthday. */
export function DateControl({ label, value, required, fault, focused, onAnswer }: ControlProps) {
  const { t } = useTranslation();
  const { place } = useSurroundings();
  const id = useId();
  // Handed on as a whole: half a date is nobody's mistake, and what is saved late must not undo what is typed meanwhile.
  const { text, type: keep, leave } = useTyped(value, onAnswer);
  const typed = split(text);
  const [active, setActive] = useState<Part>('year');
  const [up, show] = useKeysUp();
  const inputs = useRef<Partial<Record<Part, HTMLInputElement>>>({});

  useEffect(() => {
    if (focused) inputs.current.year?.focus();
  }, [focused]);

  const type = (part: Part, said: string) => {
    const digits = said.replace(/\D/g, '').slice(0, lengths[part]);
    keep(join({ ...typed, [part]: digits }));
    if (digits.length === lengths[part] && part !== 'day')
      inputs.current[part === 'year' ? 'month' : 'day']?.focus();
  };

  return (
    <fieldset
      className="field"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && leave()}
    >
      <legend className="field-label">
        <span>{label}</span>
        {!required && <small>{t('common:optional')}</small>}
      </legend>
      <div className="date-parts" dir={place === 'kiosk' ? undefined : 'auto'}>
        {parts.map((part) => (
          <label key={part}>
            <input
              ref={(element) => {
                if (element) inputs.current[part] = element;
              }}
              className="typed typed-number"
              type="text"
              inputMode={place === 'kiosk' ? 'none' : 'numeric'}
              autoComplete="off"
              value={typed[part]}
              aria-invalid={fault !== undefined}
              aria-describedby={fault ? `${id}-fault` : undefined}
              aria-required={required}
              onChange={(event) => type(part, event.target.value)}
              onFocus={(event) => {
                setActive(part);
                show(true);
                event.target.select();
              }}
              onBlur={() => show(false)}
            />
            <span>{t(`common:date.${part}`)}</span>
          </label>
        ))}
      </div>
      {fault && <Fault fault={fault} id={`${id}-fault`} label={label} />}
      {up && (
        <InDock>
          <Keypad
            kind="digits"
            onKey={(key) =>
              type(active, (typed[active].length === lengths[active] ? '' : typed[active]) + key)
            }
            onDelete={() => type(active, typed[active].slice(0, -1))}
            onClear={() => type(active, '')}
          />
        </InDock>
      )}
    </fieldset>
  );
}
