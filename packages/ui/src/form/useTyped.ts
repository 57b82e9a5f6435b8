import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Text while it is being typed. It is handed on when the field is left and when the screen goes away,
 * so that nothing typed is lost whichever way a person turns.
 */
export function useTyped(
  value: string,
  commit: (value: string) => void,
): {
  readonly text: string;
  readonly type: (text: string) => void;
  readonly leave: () => void;
} {
  const [text, setText] = useState(value);
  const pending = useRef<string | undefined>(undefined);
  const handOn = useRef(commit);
  handOn.current = commit;

  // A value that came from elsewhere (a card, a correction) takes the field, unless someone is typing in it.
  useEffect(() => {
    if (pending.current === undefined) setText(value);
  }, [value]);

  const leave = useCallback(() => {
    if (pending.current === undefined) return;
    const typed = pending.current;
    pending.current = undefined;
    handOn.current(typed);
  }, []);

  useEffect(() => leave, [leave]);

  const type = useCallback((next: string) => {
    pending.current = next;
    setText(next);
  }, []);

  return { text, type, leave };
}
