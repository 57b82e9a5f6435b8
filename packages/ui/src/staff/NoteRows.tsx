import type { Language } from '@tongban/core';
import type { PrivateNote } from '@tongban/sync/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortDate, timeOfDay } from '../language/format.ts';
import type { Names } from './names.ts';

/** What was written to the applicant so far. */
export function NoteRows(props: {
  readonly notes: readonly PrivateNote[];
  readonly names: Names;
}): ReactNode {
  const { i18n } = useTranslation('staff');
  const language = i18n.language as Language;
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
