import { Icon, InDock, Keypad } from '@tongban/ui';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface NumberFieldProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly wrong: boolean;
}

/** The number of a receipt, with keys for every sign that can stand in one. */
export function NumberField({ text, onText, wrong }: NumberFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div className="field">
      <label className="field-label" htmlFor="case-number">
        {t('journey:receipt.number')}
      </label>
      <input
        id="case-number"
        ref={input}
        className="typed typed-number"
        type="text"
        inputMode="none"
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'case-number-fault' : undefined}
        onChange={(event) => onText(event.target.value.toUpperCase())}
      />
      {wrong && (
        <p className="fault" id="case-number-fault" role="alert">
          <Icon name="attention" />
          <span>{t('fault:number')}</span>
        </p>
      )}
      <InDock>
        <Keypad
          kind="case"
          onKey={(key) => onText(text + key)}
          onDelete={() => onText([...text].slice(0, -1).join(''))}
          onClear={() => onText('')}
        />
      </InDock>
    </div>
  );
}
