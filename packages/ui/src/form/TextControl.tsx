import { checkUscc, type DictionaryField, parseResidentId } from '@tongban/core';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Board } from '../board/Board.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import type { ControlProps } from './control.ts';
import { Fault } from './Fault.tsx';
import { Keypad, type KeypadKind } from './Keypad.tsx';
import { InDock } from './KeypadDock.tsx';
import { NameKeys } from './NameKeys.tsx';
import { useKeysUp } from './useKeysUp.ts';
import { useTyped } from './useTyped.ts';

const keypads: Partial<Record<DictionaryField['kind'], KeypadKind>> = {
  'resident-id': 'id',
  uscc: 'uscc',
  mobile: 'digits',
  'bank-card': 'digits',
  region: 'digits',
  money: 'amount',
};

/** Lengths that a full value has, for counting along. */
const fullLength: Partial<Record<DictionaryField['kind'], number>> = {
  'resident-id': 18,
  uscc: 18,
  mobile: 11,
  region: 6,
};

/** Drops what cannot belong to the value, so that spaces and small letters are never somebody's mistake. */
function tidy(kind: DictionaryField['kind'], text: string): string {
  switch (kind) {
    case 'resident-id':
    case 'uscc':
      return text.toUpperCase().replace(/[\s-]/g, '');
    case 'mobile':
    case 'bank-card':
    case 'region':
    case 'money':
      return text.replace(/[\s-]/g, '');
    default:
      return text;
  }
}

/** What the check character says about a full number, while it can still be compared with the card in the hand. */
function checkHolds(kind: DictionaryField['kind'], text: string): boolean | undefined {
  if (kind === 'resident-id') return parseResidentId(text).ok;
  return kind === 'uscc' ? checkUscc(text) === undefined : undefined;
}

/** Everything that is typed as one piece of text: names, numbers, addresses. */
export function TextControl({
  field,
  label,
  value,
  required,
  fault,
  focused,
  onAnswer,
}: ControlProps) {
  const { t } = useTranslation();
  const { place } = useSurroundings();
  const id = useId();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [active, show] = useKeysUp();
  const { text, type, leave } = useTyped(value, (typed) => onAnswer(typed.trim()));
  const keypad = keypads[field.kind];
  const long = field.kind === 'address' || (field.kind === 'text' && field.maxLength > 60);
  const count = fullLength[field.kind];
  const right = [...text].length === count ? checkHolds(field.kind, text) : undefined;

  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);

  const common = {
    id,
    ref: input,
    className: long ? 'typed-area' : keypad ? 'typed typed-number' : 'typed',
    value: text,
    lang: keypad ? 'en' : 'zh-CN',
    dir: keypad ? 'ltr' : 'auto',
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault ? `${id}-fault` : undefined,
    'aria-required': required,
    onChange: (event: { target: { value: string } }) => type(tidy(field.kind, event.target.value)),
    onFocus: () => show(true),
    onBlur: () => {
      show(false);
      leave();
    },
  };

  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        <span>{label}</span>
        {!required && <small>{t('common:optional')}</small>}
      </label>
      {long ? (
        <textarea {...common} rows={2} inputMode={place === 'kiosk' ? 'none' : 'text'} />
      ) : (
        <input
          {...common}
          type="text"
          // On the kiosk our own keys stand ready: the machine's keyboard shall not come up as well.
          inputMode={place === 'kiosk' ? 'none' : keypad === 'digits' ? 'numeric' : 'text'}
        />
      )}
      {count !== undefined && active && (
        <p className="typed-count">
          {t('common:typedOf', { typed: [...text].length, all: count })}
        </p>
      )}
      {active && !fault && right !== undefined && (
        <p className="typed-count" role="status">
          {t(right ? 'common:typedRight' : 'common:typedWrong')}
        </p>
      )}
      {field.kind === 'name' && place !== 'kiosk' && (
        <NameKeys
          onText={(more) => {
            type(text + more);
            // What is typed is handed on when the field is left, so it is entered again.
            input.current?.focus();
          }}
        />
      )}
      {fault && <Fault fault={fault} id={`${id}-fault`} label={label} />}
      {active && !keypad && (
        <InDock>
          <Board
            onText={(more) => type(text + more)}
            onDelete={() => type([...text].slice(0, -1).join(''))}
          />
        </InDock>
      )}
      {active && keypad && (
        <InDock>
          <Keypad
            kind={keypad}
            onKey={(key) => type(text + key)}
            onDelete={() => type([...text].slice(0, -1).join(''))}
            onClear={() => type('')}
          />
        </InDock>
      )}
    </div>
  );
}
