import type { ReactNode } from 'react';
import { Icon } from '../icon/Icon.tsx';
import type { IconName } from '../icon/paths.ts';

interface ButtonProps {
  readonly onPress: () => void;
  readonly children: ReactNode;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  /** Work is under way: the words stay, a second press does nothing. */
  readonly busy?: boolean;
}

interface PrimaryProps extends ButtonProps {
  /** Quiet words before the arrow: what comes next. */
  readonly note?: ReactNode;
  readonly huge?: boolean;
}

/**
 * The one blue bar of a screen: the next step. It stands in the same place on the next screen, so the second press of
 * a double tap does nothing: nobody agrees to, or skips, a screen that they have not seen.
 */
export function Primary({
  onPress,
  children,
  icon = 'forward',
  note,
  busy,
  disabled,
  huge,
}: PrimaryProps) {
  return (
    <button
      type="button"
      className={huge ? 'primary primary-huge' : 'primary'}
      disabled={disabled}
      aria-busy={busy}
      onClick={({ detail: pressesInARow }) => {
        if (!busy && pressesInARow < 2) onPress();
      }}
    >
      <span className="primary-say">{children}</span>
      {note !== undefined && <small>{note}</small>}
      {busy ? <span className="working" aria-hidden="true" /> : <Icon name={icon} />}
    </button>
  );
}

/** Another way on, outlined. */
export function Second({ onPress, children, icon, disabled, busy }: ButtonProps) {
  return (
    <button
      type="button"
      className="second"
      disabled={disabled}
      aria-busy={busy}
      onClick={busy ? undefined : onPress}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

interface MiniProps {
  readonly onPress: () => void;
  readonly children: ReactNode;
  readonly icon?: IconName;
  /** What the button is about, where its own words are only a verb. */
  readonly label?: string;
  readonly disabled?: boolean;
}

/** A small outlined button at the end of a row. */
export function Mini({ onPress, children, icon, label, disabled }: MiniProps) {
  return (
    <button type="button" className="mini" aria-label={label} disabled={disabled} onClick={onPress}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
