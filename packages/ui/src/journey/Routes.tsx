import { localText, route, valuesOf } from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { Local } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney, useSnapshot } from './journey.ts';

/** Where each case will go and why, by the rules that the centre decides by; known here without a line. */
export function Routes() {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const { visit, place } = useJourney();
  const { plan, draft } = useSnapshot(visit);
  const values = valuesOf(draft.answers);
  const routes = plan.items.map(({ item }) => {
    const { department, because } = route(item, values);
    const name = place.catalogue.departments.find((each) => each.id === department)?.name;
    return {
      item,
      words: t('journey:review.goesTo', {
        department: name === undefined ? department : localText(name, language),
        because: localText(because, language),
      }),
    };
  });
  return (
    <section className="review-routes quiet" aria-label={t('journey:review.routes')}>
      {routes.map(({ item, words }) => (
        <p key={item.id}>
          {routes.length > 1 && (
            <b>
              <Local text={item.name} />
            </b>
          )}
          <span>{words}</span>
        </p>
      ))}
    </section>
  );
}
