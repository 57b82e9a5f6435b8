import { ok, type StoreFailure } from '@tongban/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary, Second } from '../control/Button.tsx';
import { KeypadDock, KeypadDockSlot } from '../form/KeypadDock.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Local } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { AskedFields } from './AskedFields.tsx';
import { FilledOne } from './FilledOne.tsx';
import { fieldOf, useJourney, useSnapshot } from './journey.ts';
import { isPrefilled, type QuestionPage } from './questionPages.ts';
import { StepFault } from './StepFault.tsx';

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
  const faultWords = useFaultWords();
  const { elder } = useSurroundings();
  const { visit, place } = useJourney();
  const snapshot = useSnapshot(visit);
  const [tried, setTried] = useState(false);
  /** How many times the way on was held up by an answer that is wanting. */
  const [held, setHeld] = useState(0);
  const [correcting, setCorrecting] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<StoreFailure>();
  const waiting = useRef(Promise.resolve());

  /** What stands on the screen and not on the disk, by field. */
  const unsaved = useRef(new Map<string, string>());

  const save = async (field: string, value: string) => {
    // Compared when it is its turn: touched there and back again, the second touch is the one that counts.
    const known = visit.snapshot().draft.answers[field]?.value ?? '';
    const saved = known === value ? ok(undefined) : await visit.answer(field, value);
    if (saved.ok) unsaved.current.delete(field);
    else unsaved.current.set(field, value);
    if (!saved.ok) setFailure(saved.error);
    else if (unsaved.current.size === 0) setFailure(undefined);
  };

  // One after the other, so that the last thing typed is the one that stays.
  const answer = (field: string, value: string) => {
    waiting.current = waiting.current.then(() => save(field, value));
  };

  /** Whether everything on the screen is on the disk; what the disk refused is offered to it once more. */
  const allSaved = async () => {
    for (const [field, value] of unsaved.current) answer(field, value);
    await waiting.current;
    return unsaved.current.size === 0;
  };

  const open = () => {
    const { missing, faults, questions } = visit.snapshot();
    // The answer just saved may have brought a field with it, before this screen was drawn with it.
    const now = questions.find(({ id }) => id === page.question.id);
    const whole = page.fields.length === page.question.fields.length;
    const fields = whole ? (now?.fields ?? page.fields) : page.fields;
    const here = new Set(fields.map((asked) => asked.field));
    return (
      missing.some((each) => each.kind === 'field' && here.has(each.field)) ||
      faults.some((each) => here.has(each.field))
    );
  };

  const goOn = async () => {
    await waiting.current;
    if (!(await allSaved())) return;
    setTried(true);
    if (!open()) return onNext();
    setHeld((before) => before + 1);
  };

  // To the first place that needs a hand, once it is drawn with what it needs: a frame may come before that.
  useEffect(() => {
    if (held > 0) document.querySelector<HTMLElement>(wanting)?.focus();
  }, [held]);

  const goBack = async () => {
    const told = failure !== undefined;
    await waiting.current;
    // Whoever has read that an answer is not kept may leave it; nobody leaves it unawares.
    if ((await allSaved()) || told) onBack();
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
        onBack={() => void goBack()}
        act={
          <>
            <KeypadDockSlot />
            <Primary
              onPress={() => void goOn()}
              {...(nextName !== undefined && { note: nextName })}
            >
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
        <StepFault />
        {failure && (
          <p className="fault fault-wide" role="alert">
            <Icon name="attention" />
            <span>{faultWords('store', failure)}</span>
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
