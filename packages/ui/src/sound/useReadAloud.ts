import type { Language } from '@tongban/core';
import { type RefObject, useEffect, useSyncExternalStore } from 'react';
import { useSurroundings } from '../setting/surroundings.tsx';

const voices: Readonly<Record<Language, string>> = { 'zh-CN': 'zh-CN', en: 'en-GB', ug: 'ug-CN' };

/** What is worth hearing of a screen, in reading order. */
const heard = '.eyebrow, h1, .lead, h2, legend, [role="alert"], .read-aloud, .primary';

/** Whether this machine has a voice for the language at all; voices arrive some time after the page. */
export function useVoice(language: Language): boolean {
  return useSyncExternalStore(
    (listener) => {
      speechSynthesis.addEventListener('voiceschanged', listener);
      return () => speechSynthesis.removeEventListener('voiceschanged', listener);
    },
    () => {
      const prefix = voices[language].slice(0, 2);
      return speechSynthesis.getVoices().some((voice) => voice.lang.startsWith(prefix));
    },
  );
}

function say(text: string, language: Language): void {
  if (text === '') return;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = voices[language];
  utterance.rate = 0.9;
  speechSynthesis.speak(utterance);
}

/** Reads a screen from its top. */
export function sayScreen(root: ParentNode, language: Language): void {
  const parts = Array.from(root.querySelectorAll<HTMLElement>(heard), (each) =>
    each.innerText.trim(),
  );
  say(parts.filter((part) => part !== '').join('。'), language);
}

/** What a control is called, as a screen reader would say it. */
function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  if (element instanceof HTMLInputElement)
    return Array.from(element.labels ?? [], (each) => each.innerText).join(' ');
  return element instanceof HTMLElement ? element.innerText : '';
}

/** With sound on: reads a new screen aloud, and each control that the keypad moves to. */
export function useReadAloud(root: RefObject<HTMLElement | null>, screen: string): void {
  const { sound, language } = useSurroundings();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen is what is read
  useEffect(() => {
    if (!sound || root.current === null) return;
    sayScreen(root.current, language);
    return () => speechSynthesis.cancel();
  }, [sound, language, screen]);

  useEffect(() => {
    const element = root.current;
    if (!sound || element === null) return;
    const onFocus = (event: FocusEvent) => {
      const target = event.target;
      if (target instanceof Element && target.matches(':focus-visible') && target.tagName !== 'H1')
        say(nameOf(target), language);
    };
    element.addEventListener('focusin', onFocus);
    return () => element.removeEventListener('focusin', onFocus);
  }, [root, sound, language]);
}
