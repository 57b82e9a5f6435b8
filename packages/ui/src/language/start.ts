import type { Language } from '@tongban/core';
import i18next, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const namespaces = [
  'common',
  'journey',
  'fault',
  'status',
  'kiosk',
  'scan',
  'phone',
  'staff',
  'terminal',
] as const;
export type Namespace = (typeof namespaces)[number];

/** Languages that are written from right to left. */
const rightToLeft: readonly Language[] = ['ug'];
/** Languages that no native reader has gone over yet; the screen says so. */
const unreviewed: readonly Language[] = ['ug'];

export function direction(language: Language): 'ltr' | 'rtl' {
  return rightToLeft.includes(language) ? 'rtl' : 'ltr';
}

export function isUnreviewed(language: Language): boolean {
  return unreviewed.includes(language);
}

/** What each language calls itself, in its own script. */
export const languageNames: Readonly<Record<Language, string>> = {
  'zh-CN': '中文',
  en: 'English',
  ug: 'ئۇيغۇرچە',
};

/** Adding a language is adding a folder. Each file is fetched when it is first needed. */
const files = import.meta.glob<{ default: Record<string, unknown> }>('../../locales/*/*.json');

const folders: BackendModule = {
  type: 'backend',
  init() {},
  read(language: string, namespace: string, done: ReadCallback) {
    const file = files[`../../locales/${language}/${namespace}.json`];
    // A language may lack a whole namespace (staff screens have no ug): zh-CN stands in for it.
    if (file === undefined) return done(null, {});
    file().then(
      (module) => done(null, module.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

export interface LanguageOptions {
  readonly language: Language;
  readonly namespaces: readonly Namespace[];
  /** Called with `namespace:key` of a text that no file holds. Left out, it throws. */
  readonly onMissing?: (key: string) => void;
}

/** Loads the texts of one language, with zh-CN behind it, and makes `t` ready. Call once before the first screen. */
export async function startLanguages(options: LanguageOptions): Promise<void> {
  const onMissing =
    options.onMissing ??
    ((key: string) => {
      throw new Error(`No text for ${key}`);
    });
  await i18next
    .use(folders)
    .use(initReactI18next)
    .init({
      lng: options.language,
      fallbackLng: 'zh-CN',
      load: 'currentOnly',
      ns: [...options.namespaces],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
      returnNull: false,
      saveMissing: true,
      missingKeyHandler: (_languages, namespace, key) => onMissing(`${namespace}:${key}`),
    });
}

/** Loads more namespaces, for the screens that are about to be shown. */
export async function loadTexts(...more: readonly Namespace[]): Promise<void> {
  await i18next.loadNamespaces([...more]);
}

/** Changes the language everywhere; resolves once its texts are there. */
export async function changeLanguage(language: Language): Promise<void> {
  if (language === 'ug') await import('./fontUg.ts');
  await i18next.changeLanguage(language);
}
