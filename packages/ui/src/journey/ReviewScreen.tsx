import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mini, Primary } from '../control/Button.tsx';
import { answerInPublic, answerInWords } from '../form/answerInWords.ts';
import { FilledRow } from '../form/FilledRow.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Local, useLocal } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { fieldOf, useJourney, useSnapshot } from './journey.ts';
import { materialRows } from './materials.ts';
import { Routes } from './Routes.tsx';
import { StepFault } from './StepFault.tsx';
import { sourceWords } from './sourceWords.ts';

interface ReviewScreenProps {
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly onQuestion: (question: string) => void;
  readonly onMaterials: () => void;
  readonly onIdentity: () => void;
  readonly busy: boolean;
}

/** Something left to do, and the way there. */
interface Gap {
  readonly key: string;
  readonly label: string;
  readonly onOpen: () => void;
}

/** Everything once more in one place, each with its way back; what is missing stands at the top. */
export function ReviewScreen(props: ReviewScreenProps) {
  const { t } = useTranslation();
  const { language, place: where } = useSurroundings();
  const say = where === 'phone' ? answerInWords : answerInPublic;
  const local = useLocal();
  const { visit, place } = useJourney();
  const snapshot = useSnapshot(visit);
  const { plan, draft, missing, questions, differences, needsConfirmation } = snapshot;
  const [tried, setTried] = useState(false);
  const rows = materialRows(snapshot, new Set());
  const ready = missing.length === 0;

  const questionOf = (field: string) =>
    questions.find((question) => question.fields.some((asked) => asked.field === field))?.id;

  const gapOf = (each: (typeof missing)[number]): Gap => {
    if (each.kind === 'field')
      return {
        key: `field ${each.field}`,
        label: local(fieldOf(place.catalogue, each.field).label),
        onOpen: () => props.onQuestion(questionOf(each.field) ?? ''),
      };
    if (each.kind === 'material') {
      const { material } = rows.find((row) => row.material.id === each.material) ?? {};
      return {
        key: `material ${each.material}`,
        label: local(material?.name ?? plan.name),
        onOpen: props.onMaterials,
      };
    }
    return {
      key: each.kind,
      label: t(`journey:review.missing.${each.kind}`),
      onOpen: props.onIdentity,
    };
  };
  const gaps = missing.map(gapOf);

  return (
    <Screen
      name="review"
      what={<Local text={plan.name} />}
      step={4}
      eyebrow={[t('journey:minutesLeft', { count: snapshot.minutesLeft })]}
      heading={t(ready ? 'journey:review.heading' : 'journey:review.headingMissing', {
        count: missing.length,
      })}
      lead={t(ready ? 'journey:review.lead' : 'journey:review.leadMissing')}
      onBack={props.onBack}
      act={
        <Primary
          busy={props.busy}
          icon={ready ? 'pen' : 'forward'}
          onPress={() => {
            setTried(true);
            if (ready) props.onNext();
            else gaps[0]?.onOpen();
          }}
        >
          {ready
            ? t('journey:review.sign')
            : t('journey:review.fill', { label: gaps[0]?.label ?? '' })}
        </Primary>
      }
    >
      <StepFault />
      {gaps.length > 0 && (
        <section className="gaps" aria-label={t('journey:review.gaps')}>
          <ul>
            {gaps.map((gap) => (
              <li key={gap.key}>
                <Icon name="attention" />
                <span>{gap.label}</span>
                <Mini onPress={gap.onOpen} label={t('journey:review.fill', { label: gap.label })}>
                  {t('journey:review.goFill')}
                </Mini>
              </li>
            ))}
          </ul>
        </section>
      )}
      {tried && !ready && (
        <p className="spoken" role="alert">
          {t('journey:review.headingMissing', { count: missing.length })}
        </p>
      )}
      {differences.length > 0 && (
        <p className="fault fault-wide">
          <Icon name="attention" />
          <span>{t('journey:review.differs', { count: differences.length })}</span>
        </p>
      )}
      {needsConfirmation && (
        <p className="remark">
          <Icon name="card" />
          <span>{t('journey:review.confirmation')}</span>
        </p>
      )}
      {questions.map((question) => {
        const answered = question.fields.filter(({ field }) => draft.answers[field]?.value);
        return (
          answered.length > 0 && (
            <section className="review-part" key={question.id}>
              <h2>
                <Local text={question.title} />
                <Mini
                  icon="pencil"
                  label={t('common:correctField', { label: local(question.title) })}
                  onPress={() => props.onQuestion(question.id)}
                >
                  {t('common:correct')}
                </Mini>
              </h2>
              {answered.map(({ field: id }) => {
                const field = fieldOf(place.catalogue, id);
                const answer = draft.answers[id];
                return (
                  answer && (
                    <FilledRow
                      key={id}
                      label={local(field.label)}
                      value={say(field, answer.value, language, t)}
                      source={answer.source}
                      sourceText={sourceWords(answer, draft, t)}
                    />
                  )
                );
              })}
            </section>
          )
        );
      })}
      {rows.length > 0 && (
        <section className="review-part">
          <h2>
            {t('journey:review.materials')}
            <Mini
              icon="pencil"
              onPress={props.onMaterials}
              label={t('common:correctField', { label: t('journey:review.materials') })}
            >
              {t('common:correct')}
            </Mini>
          </h2>
          {rows.map((row) => (
            <FilledRow
              key={row.material.id}
              label={local(row.material.name)}
              value={t(`journey:materials.state.${row.state}`, {
                count:
                  row.state === 'differs' ? row.differences.length : (row.held?.files.length ?? 0),
              })}
              {...(row.state === 'exempt' &&
                row.material.exempt && {
                  source: 'material' as const,
                  sourceText: local(row.material.exempt.from),
                })}
            />
          ))}
        </section>
      )}
      {ready && <Routes />}
    </Screen>
  );
}
