import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';

/** `id` ends in a digit or X, `amount` has a point, `uscc` and `case` mix digits and letters. */
export type KeypadKind = 'digits' | 'id' | 'amount' | 'uscc' | 'case';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
/** GB 32100 leaves out I, O, S, V and Z; Crockford Base32 I, L, O and U, with five signs for its check. */
const letters: Readonly<Partial<Record<KeypadKind, readonly string[]>>> = {
  uscc: [...'ABCDEFGHJKLMNPQRTUWXY'],
  case: [...'ABCDEFGHJKMNPQRSTVWXYZ*~$=U'],
};

const extra: Readonly<Record<KeypadKind, string | undefined>> = {
  digits: undefined,
  id: 'X',
  amount: '.',
  uscc: undefined,
  case: undefined,
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
  const mixed = letters[kind];
  return (
    <fieldset
      className={mixed ? 'keypad keypad-wide' : 'keypad'}
      aria-label={t('common:keypad.label')}
      dir="ltr"
      // A press must not take the focus out of the field that is being filled.
      onPointerDown={(event) => event.preventDefault()}
    >
      {digits.map((digit) => key(digit, mixed ? 'auto' : `k${digit}`))}
      {mixed?.map((letter) => key(letter, 'auto'))}
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
