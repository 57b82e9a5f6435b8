import type { Material, VisitSnapshot } from '@tongban/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Primary } from '../control/Button.tsx';
import { Screen } from '../frame/Screen.tsx';
import { inWords, money } from '../language/format.ts';
import { Local, useLocal } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { AskedBefore } from './AskedBefore.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { prefilledAnswers } from './questionPages.ts';
import { StepFault } from './StepFault.tsx';
import { Track } from './Track.tsx';

interface PathScreenProps {
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly busy: boolean;
}

/** What it takes: minutes, papers, working days; what happens in which order; what need not be handed in. */
export function PathScreen({ onBack, onNext, busy }: PathScreenProps) {
  const { t } = useTranslation();
  const { language, elder } = useSurroundings();
  const local = useLocal();
  const { visit } = useJourney();
  const snapshot = useSnapshot(visit);
  const { plan, draft, questions } = snapshot;
  const name = draft.answers['applicant.name']?.value ?? draft.evidence.at(-1)?.attributes.name;
  const toGive = snapshot.materials.filter((each) => each.needed && !each.exempt);
  const spared = snapshot.materials.filter((each) => each.exempt);
  // What a later answer may bring: said as what may come, never as a number that changes.
  const perhaps = snapshot.materials.filter(
    (each) => !each.needed && !each.exempt && each.material.when !== undefined,
  );
  const undecided = toGive.length === 0 && perhaps.length > 0;
  const fee = plan.items.reduce((sum, { item }) => sum + item.fee.amount, 0);
  const filled = prefilledAnswers(snapshot);
  const single = plan.items.length === 1;

  return (
    <Screen
      name="path"
      what={<Local text={plan.name} />}
      step={1}
      eyebrow={[
        ...(name ? [t('journey:path.hello', { name })] : []),
        fee === 0
          ? t('journey:path.free')
          : t('journey:path.fee', { amount: money(fee, language) }),
      ]}
      heading={
        single ? (
          <Local text={plan.name} />
        ) : (
          t('journey:path.heading', {
            count: plan.items.length,
            words: inWords(plan.items.length, language),
          })
        )
      }
      {...(single && { lead: <Local text={plan.summary} /> })}
      onBack={onBack}
      act={
        <Primary
          busy={busy}
          onPress={onNext}
          note={
            filled === 0
              ? t('journey:path.onlyQuestions', { count: questions.length })
              : t('journey:path.questions', { count: questions.length, filled })
          }
        >
          {t('journey:path.begin')}
        </Primary>
      }
    >
      <StepFault />
      <div className="figures">
        <div>
          <b>
            {snapshot.minutesLeft}
            <small>{t('journey:path.minutesUnit', { count: snapshot.minutesLeft })}</small>
          </b>
          <p>{t('journey:path.minutes')}</p>
        </div>
        <div>
          <b>
            {undecided ? (
              <span className="figures-words">{t('journey:path.depends')}</span>
            ) : (
              <>
                {toGive.length}
                <small>{t('journey:path.papersUnit', { count: toGive.length })}</small>
              </>
            )}
          </b>
          <p>{t(perhaps.length > 0 ? 'journey:path.papersPerhaps' : 'journey:path.papers')}</p>
        </div>
        <div>
          <b>
            {plan.days}
            <small>{t('journey:path.daysUnit', { count: plan.days })}</small>
          </b>
          <p>
            {single
              ? t('journey:path.daysOne')
              : t('journey:path.days', { count: plan.items.length })}
          </p>
        </div>
      </div>
      {!single && !elder && <Track plan={plan} />}
      <div className="two-columns">
        <section className="paper-list">
          <h3>
            {undecided
              ? t('journey:path.giveLater')
              : t('journey:path.give', { count: toGive.length })}
          </h3>
          <ul>
            {toGive.map((each) => (
              <Row key={each.material.id} material={each.material} note={giveNote(each, t)} />
            ))}
            {toGive.length === 0 && perhaps.length === 0 && (
              <li className="quiet">{t('journey:path.giveNothing')}</li>
            )}
            {perhaps.length > 0 && (
              <li className="quiet">
                {t('journey:path.perhaps', {
                  names: perhaps
                    .map((each) => local(each.material.name))
                    .join(t('journey:path.or')),
                })}
              </li>
            )}
            {toGive.length > 0 && <li className="quiet">{t('journey:path.notHere')}</li>}
          </ul>
        </section>
        <section className="paper-list">
          <h3>{t('journey:path.spared', { count: spared.length })}</h3>
          <ul>
            {spared.map((each) => (
              <Row
                key={each.material.id}
                material={each.material}
                note={each.material.exempt ? local(each.material.exempt.from) : ''}
              />
            ))}
          </ul>
        </section>
      </div>
      <AskedBefore />
    </Screen>
  );
}

function giveNote(each: VisitSnapshot['materials'][number], t: TFunction): string {
  return each.material.weight === 'secondary' && each.material.gapDays !== undefined
    ? t('journey:path.later', { count: each.material.gapDays })
    : t('journey:path.photograph');
}

function Row({ material, note }: { readonly material: Material; readonly note: string }) {
  return (
    <li>
      <Local text={material.name} />
      <span>{note}</span>
    </li>
  );
}
