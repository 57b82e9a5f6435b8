import { languages } from '@tongban/core';
import { type Settings, themes } from '@tongban/ui';

const key = 'tongban-phone-settings';

/** How this phone was set last; else as the person's browser is. Nothing personal lies in it. */
export function rememberedSettings(): Partial<Settings> {
  return { ...fromBrowser(), ...fromDisk() };
}

export function rememberSettings({ language, theme, elder, sound }: Settings): void {
  try {
    localStorage.setItem(key, JSON.stringify({ language, theme, elder, sound }));
  } catch (fault) {
    // Storage refused or full: the settings hold until the page is closed.
    if (!(fault instanceof DOMException)) throw fault;
  }
}

function fromBrowser(): Partial<Settings> {
  const more = matchMedia('(prefers-contrast: more)').matches;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = dark ? 'dark' : 'light';
  return { language: preferred(), theme: more ? `hc-${theme}` : theme };
}

/** The first of the person's languages that we speak. */
function preferred(): Settings['language'] {
  for (const tag of navigator.languages) {
    const found = languages.find((each) => each.split('-')[0] === tag.split('-')[0]);
    if (found !== undefined) return found;
  }
  return 'zh-CN';
}

function fromDisk(): Partial<Settings> {
  let kept: unknown;
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch (fault) {
    // Storage refused, or not ours: as if nothing had been set.
    if (!(fault instanceof DOMException || fault instanceof SyntaxError)) throw fault;
  }
  if (typeof kept !== 'object' || kept === null) return {};
  const { language, theme, elder, sound } = kept as Record<string, unknown>;
  const knownLanguage = languages.find((each) => each === language);
  const knownTheme = themes.find((each) => each === theme);
  return {
    ...(knownLanguage && { language: knownLanguage }),
    ...(knownTheme && { theme: knownTheme }),
    ...(typeof elder === 'boolean' && { elder }),
    ...(typeof sound === 'boolean' && { sound }),
  };
}
