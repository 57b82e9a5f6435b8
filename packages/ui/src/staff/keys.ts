import { createContext, type RefObject, useContext, useEffect, useRef } from 'react';
import { openModal } from '../dialog/openModal.ts';

/** One key and what it does. `key` as in `KeyboardEvent.key`; `Ctrl+Enter` and `Shift+D` for the two modifiers in use. */
export interface KeyBinding {
  readonly key: string;
  run(): void;
  /** A key that may be held down, such as the arrows. */
  readonly repeats?: boolean;
}

/**
 * Whether single letters and digits act at all. They can be switched off (WCAG 2.2, 2.1.4), since speech
 * input and tremor press them by mistake; function keys and Ctrl combinations always act.
 */
export const SingleKeys = createContext(true);

/**
 * Listens for keys while the component is shown. A letter typed into a field stays a letter, an input method
 * at work is left alone, and while a dialog is open only bindings from `within` that dialog act.
 */
export function useKeys(
  bindings: readonly KeyBinding[],
  within?: RefObject<HTMLElement | null>,
): void {
  const single = useContext(SingleKeys);
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return;
      const modal = openModal();
      if (modal !== undefined && !(within?.current && modal.contains(within.current))) return;
      const name = nameOf(event);
      const letter = event.key.length === 1 && !event.ctrlKey;
      if (letter && (isTyping(event.target) || !single)) return;
      const binding = latest.current.find((one) => one.key === name);
      if (binding === undefined || (event.repeat && binding.repeats !== true)) return;
      event.preventDefault();
      binding.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [single, within]);
}

function nameOf(event: KeyboardEvent): string {
  if (event.key.length > 1) {
    return `${event.ctrlKey ? 'Ctrl+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.key}`;
  }
  // `?` already says that Shift was down; for letters the case must not matter, since Caps Lock is often on.
  const letter = event.key.toUpperCase();
  const shifted = event.shiftKey && letter >= 'A' && letter <= 'Z';
  return `${event.ctrlKey ? 'Ctrl+' : ''}${shifted ? 'Shift+' : ''}${letter}`;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  const chosen = ['checkbox', 'radio', 'button', 'submit', 'file'];
  return target instanceof HTMLInputElement && !chosen.includes(target.type);
}
