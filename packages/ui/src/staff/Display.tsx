import type { Language } from '@tongban/core';
import { type ReactNode, useCallback, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, languageNames } from '../language/start.ts';

const languages = ['zh-CN', 'en'] as const satisfies readonly Language[];
const themes = ['light', 'dark', 'hc-light', 'hc-dark'] as const;

/** How staff want their page; kept on this machine, it says nothing about any case. */
export interface DisplayChoice {
  readonly language: (typeof languages)[number];
  readonly theme: (typeof themes)[number];
  /** Single letters and digits act as keys. */
  readonly singleKeys: boolean;
}

const place = 'tongban-staff-display';
const usual: DisplayChoice = { language: 'zh-CN', theme: 'light', singleKeys: true };

/** What was chosen on this machine before. A private window that keeps nothing begins as usual. */
export function keptDisplay(storage: Pick<Storage, 'getItem'>): DisplayChoice {
  const kept = storage.getItem(place);
  if (kept === null) return usual;
  try {
    const { language, theme, singleKeys } = JSON.parse(kept) as Record<string, unknown>;
    return {
      language: languages.find((one) => one === language) ?? usual.language,
      theme: themes.find((one) => one === theme) ?? usual.theme,
      singleKeys: singleKeys !== false,
    };
  } catch {
    return usual;
  }
}

export function useDisplay(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): readonly [DisplayChoice, (choice: DisplayChoice) => void] {
  const [choice, setChoice] = useState(() => keptDisplay(storage));
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = choice.theme;
    void changeLanguage(choice.language).then(() => {
      root.lang = choice.language;
    });
  }, [choice]);
  const choose = useCallback(
    (next: DisplayChoice) => {
      storage.setItem(place, JSON.stringify(next));
      setChoice(next);
    },
    [storage],
  );
  return [choice, choose];
}

export function DisplayForm(props: {
  readonly choice: DisplayChoice;
  onChoose(choice: DisplayChoice): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { choice, onChoose } = props;
  const id = useId();
  return (
    <div className="st-display">
      <fieldset>
        <legend>{t('display.language')}</legend>
        {languages.map((language) => (
          <label key={language} lang={language}>
            <input
              type="radio"
              name={`${id}l`}
              checked={choice.language === language}
              onChange={() => onChoose({ ...choice, language })}
            />
            {languageNames[language]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('display.theme')}</legend>
        {themes.map((theme) => (
          <label key={theme}>
            <input
              type="radio"
              name={`${id}t`}
              checked={choice.theme === theme}
              onChange={() => onChoose({ ...choice, theme })}
            />
            {t(`display.${theme}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('display.keys')}</legend>
        <label>
          <input
            type="checkbox"
            checked={choice.singleKeys}
            onChange={(event) => onChoose({ ...choice, singleKeys: event.target.checked })}
          />
          {t('display.singleKeys')}
        </label>
      </fieldset>
    </div>
  );
}

/** The languages by their own names, where nobody has signed in yet. */
export function LanguageChoice(props: {
  readonly choice: DisplayChoice;
  onChoose(choice: DisplayChoice): void;
}): ReactNode {
  return (
    <p className="st-languages">
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={props.choice.language === language}
          onClick={() => props.onChoose({ ...props.choice, language })}
        >
          {languageNames[language]}
        </button>
      ))}
    </p>
  );
}
