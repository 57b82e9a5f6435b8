import type { Language } from '@tongban/core';
import type { PrivateNote, Reply } from '@tongban/sync/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortDate, timeOfDay } from '../language/format.ts';
import type { Names } from './names.ts';

/** What was written to the applicant so far, and what the applicant said to it. */
export function NoteRows(props: {
  readonly notes: readonly PrivateNote[];
  readonly replies: readonly Reply[];
  readonly names: Names;
}): ReactNode {
  const { t } = useTranslation('staff');
  return (
    <>
      {props.notes.length > 0 && <h2>{t('notes.title')}</h2>}
      <Words notes={props.notes} names={props.names} />
      {props.replies.length > 0 && <h2>{t('notes.replies')}</h2>}
      <Words
        notes={props.replies.map((reply) => ({ ...reply, materials: [] }))}
        names={props.names}
      />
    </>
  );
}

function Words(props: {
  readonly notes: readonly Pick<PrivateNote, 'at' | 'text' | 'materials'>[];
  readonly names: Names;
}): ReactNode {
  const { i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  if (props.notes.length === 0) return null;
  return (
    <ul className="st-notes">
      {props.notes.map((note) => (
        <li key={`${note.at}${note.text}`}>
          <time dateTime={note.at}>
            {shortDate(note.at, language)} {timeOfDay(note.at, language)}
          </time>
          <p>{note.text}</p>
          {note.materials.length > 0 && (
            <p className="quiet">
              {new Intl.ListFormat(language).format(
                note.materials.map((material) => props.names.material(material)),
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
