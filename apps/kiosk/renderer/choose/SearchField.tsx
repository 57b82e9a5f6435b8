import { Board, Icon, InDock } from '@tongban/ui';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface SearchFieldProps {
  readonly words: string;
  readonly onWords: (words: string) => void;
}

/** One's own words, in any order; what is found follows every letter. */
export function SearchField({ words, onWords }: SearchFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <>
      <label className="search">
        <Icon name="search" />
        <span className="spoken">{t('kiosk:choose.searchLabel')}</span>
        <input
          ref={input}
          className="typed"
          type="search"
          inputMode="none"
          autoComplete="off"
          value={words}
          placeholder={t('kiosk:choose.searchExample')}
          onChange={(event) => onWords(event.target.value)}
        />
      </label>
      <InDock>
        <Board
          onText={(more) => onWords(words + more)}
          onDelete={() => onWords([...words].slice(0, -1).join(''))}
        />
      </InDock>
    </>
  );
}
