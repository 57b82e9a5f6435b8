import { type LocalText, localText } from '@tongban/core';
import { useSurroundings } from '../setting/surroundings.tsx';

/** Reads catalogue texts in the reader's language. */
export function useLocal(): (text: LocalText) => string {
  const { language } = useSurroundings();
  return (text) => localText(text, language);
}

/** A catalogue text; marked as Chinese where it stands in for a missing translation. */
export function Local({ text }: { readonly text: LocalText }) {
  const { language } = useSurroundings();
  if (text[language] !== undefined) return text[language];
  return <bdi lang="zh-CN">{text['zh-CN']}</bdi>;
}

/** Names, addresses and numbers keep their own direction and letters. */
export function Own({ children }: { readonly children: string }) {
  return /\p{Script=Han}/u.test(children) ? (
    <bdi lang="zh-CN">{children}</bdi>
  ) : (
    <bdi>{children}</bdi>
  );
}
