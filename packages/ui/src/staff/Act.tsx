import type { ReactNode } from 'react';

/** A key as it stands beside what it does. Readers hear it through `aria-keyshortcuts`, not twice. */
export function Key({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <span className="st-key" aria-hidden="true">
      {children}
    </span>
  );
}

/**
 * A decision or command with its key. With `why` it cannot be chosen now and says so in place;
 * it stays in the order of focus, so that a reader finds the reason too.
 */
export function Act(props: {
  readonly name: string;
  /** Keys as shown, one after the other: `['Ctrl', 'Enter']`. */
  readonly keys?: readonly string[];
  readonly tone?: 'primary' | 'second' | 'danger';
  readonly why?: string | undefined;
  readonly note?: string | undefined;
  readonly busy?: boolean;
  readonly type?: 'button' | 'submit';
  onPress?(): void;
}): ReactNode {
  const closed = props.why !== undefined || props.busy === true;
  return (
    <button
      type={props.type ?? 'button'}
      className={`st-act st-act-${props.tone ?? 'second'}`}
      aria-disabled={closed}
      aria-busy={props.busy === true}
      aria-keyshortcuts={props.keys?.join('+').replace('Ctrl', 'Control')}
      onClick={(event) => {
        if (closed) event.preventDefault();
        else props.onPress?.();
      }}
    >
      <span className="st-act-name">
        {props.name}
        {props.why !== undefined && <small>{props.why}</small>}
        {props.why === undefined && props.note !== undefined && <small>{props.note}</small>}
      </span>
      {props.keys !== undefined && (
        <span className="st-act-keys">
          {props.keys.map((key) => (
            <Key key={key}>{key}</Key>
          ))}
        </span>
      )}
    </button>
  );
}
