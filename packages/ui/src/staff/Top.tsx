import type { Language } from '@tongban/core';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import { timeOfDay } from '../language/format.ts';
import { Act, Key } from './Act.tsx';

/** What the page knows of the line: when it last heard the centre, and whether it hears it now. */
export interface LineWords {
  /** `undefined` until the first answer, or the first that failed to come. */
  readonly connected: boolean | undefined;
  /** ISO 8601 instant of the last answer; absent before the first. */
  readonly heardAt?: string;
}

/** Head of a staff page: where, who, find, the line. */
export function Top(props: {
  readonly place: ReactNode;
  readonly person: string;
  readonly line: LineWords;
  /** Said behind the line's sentence, e.g. what waits to be sent. */
  readonly more?: string | undefined;
  readonly now?: string;
  /** Commands of this page, before those that every page has. */
  readonly acts?: ReactNode;
  readonly searchHint: string;
  readonly search: RefObject<HTMLInputElement | null>;
  onSearch(text: string): void;
  onHelp(): void;
  onSignOut(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const [text, setText] = useState('');
  return (
    <header className="st-top">
      <b className="st-mark">{t('mark')}</b>
      <span className="st-where">{props.place}</span>
      <span>{props.person}</span>
      <search>
        <form
          className="st-find"
          onSubmit={(event) => {
            event.preventDefault();
            props.onSearch(text.trim());
          }}
        >
          <Icon name="search" />
          <input
            ref={props.search}
            type="search"
            value={text}
            maxLength={60}
            autoComplete="off"
            aria-label={props.searchHint}
            placeholder={props.searchHint}
            aria-keyshortcuts="/"
            onChange={(event) => {
              setText(event.target.value);
              if (event.target.value === '') props.onSearch('');
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              setText('');
              props.onSearch('');
              event.currentTarget.blur();
            }}
          />
          <Key>/</Key>
        </form>
      </search>
      <Line line={props.line} more={props.more} />
      {props.now !== undefined && <time className="st-now">{props.now}</time>}
      {props.acts}
      <Act name={t('help.open')} keys={['?']} onPress={props.onHelp} />
      <Act name={t('signOut')} onPress={props.onSignOut} />
    </header>
  );
}

function Line(props: { readonly line: LineWords; readonly more: string | undefined }): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { connected, heardAt } = props.line;
  const time = heardAt === undefined ? '' : timeOfDay(heardAt, i18n.language as Language);
  const words = () => {
    if (connected === undefined) return t('line.never');
    if (connected) return t('line.connected', { time });
    return heardAt === undefined ? t('line.isCut') : t('line.cut', { time });
  };
  return (
    <p className={connected === true ? 'st-line st-line-on' : 'st-line'}>
      {words()}
      {props.more !== undefined && <span>{props.more}</span>}
      {/* The time in the sentence moves on by itself; only the change of the line is worth saying aloud. */}
      <span className="spoken" role="status">
        {connected === false ? t('line.isCut') : ''}
      </span>
    </p>
  );
}
