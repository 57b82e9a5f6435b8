import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';

/** `id` ends in a digit or X, `code` mixes digits and letters, `amount` has a point. */
export type KeypadKind = 'digits' | 'id' | 'amount' | 'code';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
/** GB 32100 leaves out I, O, S, V and Z. */
const letters = [...'ABCDEFGHJKLMNPQRTUWXY'];

const extra: Readonly<Record<KeypadKind, string | undefined>> = {
  digits: undefined,
  id: 'X',
  amount: '.',
  code: undefined,
};

interface KeypadProps {
  readonly kind: KeypadKind;
  readonly onKey: (key: string) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** Keys on the glass, for machines without a keyboard. Pressing one leaves the focus in the field. */
export function Keypad({ kind, onKey, onDelete, onClear }: KeypadProps) {
  const { t } = useTranslation();
  const key = (each: string, area: string) => (
    <button
      key={each}
      type="button"
      tabIndex={-1}
      style={{ gridArea: area }}
      onClick={() => onKey(each)}
    >
      {each}
    </button>
  );
  const more = extra[kind];
  return (
    <fieldset
      className={kind === 'code' ? 'keypad keypad-wide' : 'keypad'}
      aria-label={t('common:keypad.label')}
      dir="ltr"
      // A press must not take the focus out of the field that is being filled.
      onPointerDown={(event) => event.preventDefault()}
    >
      {digits.map((digit) => key(digit, kind === 'code' ? 'auto' : `k${digit}`))}
      {kind === 'code' && letters.map((letter) => key(letter, 'auto'))}
      {more !== undefined && key(more, 'kx')}
      <button
        type="button"
        tabIndex={-1}
        className="keypad-erase"
        aria-label={t('common:keypad.delete')}
        onClick={onDelete}
      >
        <Icon name="erase" />
      </button>
      <button type="button" tabIndex={-1} className="keypad-clear" onClick={onClear}>
        {t('common:keypad.clear')}
      </button>
    </fieldset>
  );
}
