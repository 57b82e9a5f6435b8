import type { StoreFailure } from '@tongban/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary, Second } from '../control/Button.tsx';
import { KeypadDock, KeypadDockSlot } from '../form/KeypadDock.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Local } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { AskedFields } from './AskedFields.tsx';
import { FilledOne } from './FilledOne.tsx';
import { fieldOf, useJourney, useSnapshot } from './journey.ts';
import { isPrefilled, type QuestionPage } from './questionPages.ts';

interface QuestionScreenProps {
  readonly page: QuestionPage;
  /** Name of what comes after, for the bar. */
  readonly nextName: string | undefined;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** What takes the typing in a field that something is wrong with; of a choice, its first option. */
const wanting =
  '.do :is(input, textarea)[aria-invalid="true"], .do [role="radiogroup"][aria-invalid="true"] input';

/** One question: what is known already, what is still to be said, and the way to correct both. */
export function QuestionScreen({ page, nextName, onBack, onNext }: QuestionScreenProps) {
  const { t } = useTranslation();
  const { elder } = useSurroundings();
  const { visit, place } = useJourney();
  const snapshot = useSnapshot(visit);
  const [tried, setTried] = useState(false);
  const [correcting, setCorrecting] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<StoreFailure>();
  const waiting = useRef(Promise.resolve());

  const answer = (field: string, value: string) => {
    if ((snapshot.draft.answers[field]?.value ?? '') === value) return;
    // One after the other, so that the last thing typed is the one that stays.
    waiting.current = waiting.current
      .then(() => visit.answer(field, value))
      .then((saved) => setFailure(saved.ok ? undefined : saved.error));
  };

  const open = () => {
    const { missing, faults } = visit.snapshot();
    const here = new Set(page.fields.map((asked) => asked.field));
    return (
      missing.some((each) => each.kind === 'field' && here.has(each.field)) ||
      faults.some((each) => here.has(each.field))
    );
  };

  const goOn = () => {
    void waiting.current.then(() => {
      setTried(true);
      if (!open()) return onNext();
      // To the first place that needs a hand, once it says what it needs.
      requestAnimationFrame(() => document.querySelector<HTMLElement>(wanting)?.focus());
    });
  };

  const [only] = page.fields;
  const filledOne =
    elder &&
    page.fields.length === 1 &&
    only !== undefined &&
    !correcting.has(only.field) &&
    isPrefilled(snapshot.draft.answers[only.field]?.source);
  const correct = (field: string) => setCorrecting(new Set(correcting).add(field));
  const { question } = page;
  const split = question.fields.length > page.fields.length && only !== undefined;

  return (
    <KeypadDock>
      <Screen
        name="question"
        instance={`${question.id} ${only?.field ?? ''}`}
        what={<Local text={snapshot.plan.name} />}
        step={2}
        eyebrow={[
          t('journey:question.place', { now: page.index + 1, all: snapshot.questions.length }),
          t('journey:minutesLeft', { count: snapshot.minutesLeft }),
        ]}
        heading={
          <Local text={split ? fieldOf(place.catalogue, only.field).label : question.title} />
        }
        {...(question.help && !split && { lead: <Local text={question.help} /> })}
        onBack={onBack}
        act={
          <>
            <KeypadDockSlot />
            <Primary onPress={goOn} {...(nextName !== undefined && { note: nextName })}>
              {filledOne
                ? t('journey:question.right')
                : t(nextName === undefined ? 'journey:question.last' : 'journey:question.next')}
            </Primary>
            {filledOne && (
              <Second onPress={() => correct(only.field)}>{t('journey:question.change')}</Second>
            )}
          </>
        }
      >
        {failure && (
          <p className="fault fault-wide" role="alert">
            <Icon name="attention" />
            <span>{t(`fault:store.${failure}`)}</span>
          </p>
        )}
        {filledOne ? (
          <FilledOne field={only.field} />
        ) : (
          <AskedFields
            page={page}
            tried={tried}
            correcting={correcting}
            onCorrect={correct}
            onAnswer={answer}
          />
        )}
      </Screen>
    </KeypadDock>
  );
}
