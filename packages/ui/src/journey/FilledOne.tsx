import { useTranslation } from 'react-i18next';
import { answerInPublic, answerInWords } from '../form/answerInWords.ts';
import { Icon } from '../icon/Icon.tsx';
import { Own } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { fieldOf, useJourney, useSnapshot } from './journey.ts';
import { sourceWords } from './sourceWords.ts';

/** In large print, one value that is already there, as large as it can be: right or not. */
export function FilledOne({ field: id }: { readonly field: string }) {
  const { t } = useTranslation();
  const { language, place: where } = useSurroundings();
  const say = where === 'phone' ? answerInWords : answerInPublic;
  const { visit, place } = useJourney();
  const { draft } = useSnapshot(visit);
  const answer = draft.answers[id];
  const field = fieldOf(place.catalogue, id);
  return (
    <div className="filled-one">
      <p className="read-aloud">
        <Own>{say(field, answer?.value ?? '', language, t)}</Own>
      </p>
      {answer && (
        <p className="from">
          <Icon name="from" />
          {sourceWords(answer, draft, t)}
        </p>
      )}
    </div>
  );
}
