import { characterOf, codePointOf } from '@tongban/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mini } from '../control/Button.tsx';
import { Icon } from '../icon/Icon.tsx';
import { loadRadicals, type Radicals, radicalLabel } from './radicals.ts';

interface RareCharacterProps {
  readonly onTake: (character: string) => void;
  readonly onClose: () => void;
}

/**
 * A character that no keyboard offers: chosen by its radical, or by its Unicode code point, which a household register
 * office can name. It is shown large, with its code, before it is taken.
 */
export function RareCharacter({ onTake, onClose }: RareCharacterProps) {
  const { t } = useTranslation();
  const [byCode, setByCode] = useState(false);
  const [code, setCode] = useState('');
  const [chosen, choose] = useState<string>();
  const character = byCode ? characterOf(code) : chosen;

  const onKeyDown = (event: KeyboardEvent) => {
    if (!byCode || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9a-f]$/i.test(event.key)) setCode(longer(code, event.key.toUpperCase()));
    if (event.key === 'Backspace') setCode(code.slice(0, -1));
  };
  const way = (codes: boolean, words: string) => (
    <button
      type="button"
      className="mini"
      aria-pressed={byCode === codes}
      onClick={() => setByCode(codes)}
    >
      {words}
    </button>
  );

  return (
    <fieldset className="rare" aria-label={t('common:rare.label')} onKeyDown={onKeyDown}>
      <div className="rare-shown">
        <output className="rare-character" lang="zh-CN">
          {character ?? ''}
        </output>
        <span className="rare-code">
          {character === undefined ? hint() : codePointOf(character)}
        </span>
        <button
          type="button"
          className="mini"
          disabled={character === undefined}
          onClick={() => character !== undefined && onTake(character)}
        >
          {t('common:rare.take')}
        </button>
      </div>
      <div className="rare-ways">
        {way(false, t('common:rare.byRadical'))}
        {way(true, t('common:rare.byCode'))}
        <Mini onPress={onClose}>{t('common:rare.close')}</Mini>
      </div>
      {byCode ? (
        <CodeKeys
          onKey={(key) => setCode(longer(code, key))}
          onDelete={() => setCode(code.slice(0, -1))}
        />
      ) : (
        <RadicalKeys onChoose={choose} />
      )}
    </fieldset>
  );

  function hint(): string {
    if (!byCode) return t('common:rare.radicalHint');
    return code === '' ? t('common:rare.codeHint') : `U+${code}`;
  }
}

/** Code points of characters have at most five digits; a sixth is a slip. */
function longer(code: string, key: string): string {
  return code.length < 5 ? code + key : code;
}

interface CodeKeysProps {
  readonly onKey: (key: string) => void;
  readonly onDelete: () => void;
}

function CodeKeys({ onKey, onDelete }: CodeKeysProps) {
  const { t } = useTranslation();
  return (
    <div className="rare-grid" dir="ltr">
      {[...'0123456789ABCDEF'].map((key) => (
        <button key={key} type="button" onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
      <button type="button" aria-label={t('common:keypad.delete')} onClick={onDelete}>
        <Icon name="erase" />
      </button>
    </div>
  );
}

interface RadicalKeysProps {
  readonly onChoose: (character: string | undefined) => void;
}

function RadicalKeys({ onChoose }: RadicalKeysProps) {
  const { t } = useTranslation();
  const [radicals, setRadicals] = useState<Radicals>({});
  const [open, setOpen] = useState<string>();

  useEffect(() => {
    let gone = false;
    void loadRadicals().then((loaded) => gone || setRadicals(loaded));
    return () => {
      gone = true;
    };
  }, []);

  const go = (radical: string | undefined) => {
    setOpen(radical);
    onChoose(undefined);
  };
  return (
    <div key={open} className="rare-grid" lang="zh-CN" dir="ltr">
      {open === undefined ? (
        Object.keys(radicals).map((radical) => (
          <button key={radical} type="button" onClick={() => go(radical)}>
            {radicalLabel(radical)}
          </button>
        ))
      ) : (
        <button type="button" aria-label={t('common:rare.radicals')} onClick={() => go(undefined)}>
          <Icon name="back" />
        </button>
      )}
      {open !== undefined &&
        [...(radicals[open] ?? '')].map((character) => (
          <button key={character} type="button" onClick={() => onChoose(character)}>
            {character}
          </button>
        ))}
    </div>
  );
}
