import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import { candidates, leadsOn, loadSyllables, type Syllables } from './candidates.ts';
import { RareCharacter } from './RareCharacter.tsx';

const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
/** Candidates of one row. */
const perPage = 9;

interface BoardProps {
  readonly onText: (text: string) => void;
  readonly onDelete: () => void;
}

/**
 * A keyboard on the glass for names and addresses: pinyin and the character that is meant, or plain letters. Pressing
 * a key leaves the focus in the field.
 */
export function Board({ onText, onDelete }: BoardProps) {
  const { t } = useTranslation();
  const [syllables, setSyllables] = useState<Syllables>({});
  const [letters, setLetters] = useState('');
  const [page, setPage] = useState(0);
  const [latin, setLatin] = useState(false);
  const [rare, setRare] = useState(false);

  useEffect(() => {
    let gone = false;
    void loadSyllables().then((loaded) => gone || setSyllables(loaded));
    return () => {
      gone = true;
    };
  }, []);

  const spell = (next: string) => {
    setLetters(next);
    setPage(0);
  };
  const press = (key: string) => {
    if (latin || /\d/.test(key)) return onText(key);
    if (leadsOn(syllables, letters + key)) spell(letters + key);
  };
  const take = (char: string) => {
    onText(char);
    spell('');
  };
  const all = candidates(syllables, letters);
  const shown = all.slice(page * perPage, (page + 1) * perPage);

  const key = (each: string) => (
    <button key={each} type="button" tabIndex={-1} onClick={() => press(each)}>
      {each}
    </button>
  );

  if (rare)
    return (
      // A press must not take the focus out of the field that is being filled.
      <div className="board" onPointerDown={(event) => event.preventDefault()}>
        <RareCharacter
          onTake={(char) => {
            onText(char);
            setRare(false);
          }}
          onClose={() => setRare(false)}
        />
      </div>
    );

  return (
    <fieldset
      className="board"
      aria-label={t('common:board.label')}
      dir="ltr"
      // A press must not take the focus out of the field that is being filled.
      onPointerDown={(event) => event.preventDefault()}
    >
      <div className="board-choice" lang="zh-CN">
        <output className="board-letters">{letters}</output>
        {letters === '' ? (
          <>
            <span className="board-hint">{latin ? '' : t('common:board.hint')}</span>
            <button
              type="button"
              tabIndex={-1}
              className="board-rare"
              onClick={() => setRare(true)}
            >
              {t('common:rare.open')}
            </button>
          </>
        ) : (
          shown.map((char) => (
            <button key={char} type="button" tabIndex={-1} onClick={() => take(char)}>
              {char}
            </button>
          ))
        )}
        {all.length > perPage && (
          <button
            type="button"
            tabIndex={-1}
            className="board-more"
            aria-label={t('common:board.more')}
            onClick={() => setPage((page + 1) % Math.ceil(all.length / perPage))}
          >
            <Icon name="down" />
          </button>
        )}
      </div>
      <div className="board-row">{[...rows[0]].map(key)}</div>
      <div className="board-row">{[...rows[1]].map(key)}</div>
      <div className="board-row">
        {[...rows[2]].map(key)}
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('common:keypad.delete')}
          onClick={() => (letters === '' ? onDelete() : spell(letters.slice(0, -1)))}
        >
          <Icon name="erase" />
        </button>
      </div>
      <div className="board-row">
        {[...rows[3]].map(key)}
        <button type="button" tabIndex={-1} onClick={() => onText('·')}>
          ·
        </button>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('common:board.space')}
          onClick={() => (shown[0] === undefined ? onText(' ') : take(shown[0]))}
        >
          ␣
        </button>
        <button
          type="button"
          tabIndex={-1}
          className="board-mode"
          aria-pressed={latin}
          onClick={() => {
            setLatin(!latin);
            spell('');
          }}
        >
          {t(latin ? 'common:board.pinyin' : 'common:board.latin')}
        </button>
      </div>
    </fieldset>
  );
}
