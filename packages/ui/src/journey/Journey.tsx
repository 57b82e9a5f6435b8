import type { StepId, StoreFailure, Visit } from '@tongban/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useLocal } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { IdentityScreen } from './IdentityScreen.tsx';
import { fieldOf, JourneyContext, type JourneyPlace, useJourney, useSnapshot } from './journey.ts';
import { MaterialsStep } from './MaterialsStep.tsx';
import { NoticeScreen } from './NoticeScreen.tsx';
import { PathScreen } from './PathScreen.tsx';
import { QuestionScreen } from './QuestionScreen.tsx';
import { firstOpenPage, questionPages } from './questionPages.ts';
import { ReceiptScreen } from './ReceiptScreen.tsx';
import { ReviewScreen } from './ReviewScreen.tsx';
import { SignScreen } from './SignScreen.tsx';
import { StepFailure } from './StepFault.tsx';
import { useTask } from './useTask.ts';

interface JourneyProps {
  readonly visit: Visit;
  readonly place: JourneyPlace;
  /** Back from the first screen. */
  readonly onLeave: () => void;
  readonly onRate?: () => void;
  readonly onAnother?: () => void;
}

/** One application from identity to receipt. Where it stands is kept in the draft, so that it reopens there. */
export function Journey({ visit, place, ...ways }: JourneyProps): ReactNode {
  const journey = useMemo(() => ({ visit, place }), [visit, place]);
  return (
    <JourneyContext value={journey}>
      <Steps {...ways} />
    </JourneyContext>
  );
}

type Ways = Omit<JourneyProps, 'visit' | 'place'>;

function Steps(ways: Ways) {
  const move = useTask<StoreFailure>();
  return (
    <StepFailure value={move.failure}>
      <Step {...ways} move={move} />
    </StepFailure>
  );
}

interface StepProps extends Ways {
  readonly move: ReturnType<typeof useTask<StoreFailure>>;
}

function Step({ onLeave, onRate, onAnother, move }: StepProps) {
  const { visit } = useJourney();
  const snapshot = useSnapshot(visit);
  const [asked, setAsked] = useState<string>();
  const [again, setAgain] = useState(false);
  const go = (step: StepId) => move.run(() => visit.goTo(step));
  const { step } = snapshot.draft;
  const { receipt } = snapshot;
  if (receipt !== undefined)
    return (
      <ReceiptScreen
        receipt={receipt}
        {...(onRate && { onRate })}
        {...(onAnother && { onAnother })}
      />
    );

  const known = snapshot.draft.evidence.length > 0;
  switch (step) {
    case 'identity':
      return known && !again ? (
        <NoticeScreen onBack={() => setAgain(true)} onAgreed={() => go('path')} />
      ) : (
        <IdentityScreen
          {...(known && { onKeep: () => setAgain(false) })}
          onBack={onLeave}
          onIdentified={() => setAgain(false)}
        />
      );
    case 'path':
      return (
        <PathScreen busy={move.busy} onBack={() => go('identity')} onNext={() => go('questions')} />
      );
    case 'questions':
      return (
        <Questions
          asked={asked}
          onBack={() => (asked === undefined ? go('path') : go('review'))}
          onDone={() => {
            // Whoever came to correct one answer goes back to where they were.
            go(asked === undefined ? 'materials' : 'review');
            setAsked(undefined);
          }}
        />
      );
    case 'materials':
      return (
        <MaterialsStep
          busy={move.busy}
          onBack={() => go('questions')}
          onNext={() => go('review')}
        />
      );
    case 'review':
      return (
        <ReviewScreen
          busy={move.busy}
          onBack={() => go('materials')}
          onNext={() => go('sign')}
          onQuestion={(question) => {
            setAsked(question);
            go('questions');
          }}
          onMaterials={() => go('materials')}
          onIdentity={() => go('identity')}
        />
      );
    case 'sign':
    case 'receipt':
      return (
        <SignScreen
          onBack={() => go('review')}
          onCorrect={() => go('review')}
          onSubmitted={() => move.clear()}
        />
      );
  }
}

interface QuestionsProps {
  /** Only this question, to correct it. */
  readonly asked: string | undefined;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** The questions one after the other. */
function Questions({ asked, onBack, onDone }: QuestionsProps) {
  const local = useLocal();
  const { elder } = useSurroundings();
  const { visit, place } = useJourney();
  const snapshot = useSnapshot(visit);
  const isChoice = (field: string) => {
    const { kind, standard } = fieldOf(place.catalogue, field);
    return (kind === 'choice' || kind === 'yes-no') && standard === undefined;
  };
  const all = questionPages(snapshot.questions, isChoice, elder);
  const pages = asked === undefined ? all : all.filter((page) => page.question.id === asked);
  const [at, setAt] = useState(() => {
    // What was filled in for the person is shown once; a reopened draft goes on where it was left.
    const begun = Object.values(snapshot.draft.answers).some((answer) => answer.source === 'typed');
    return begun ? firstOpenPage(pages, snapshot) : 0;
  });
  // Answers decide which questions follow: the place is kept inside what there is now.
  const now = Math.min(at, pages.length - 1);
  const page = pages[now];
  if (page === undefined) return null;
  const next = pages[now + 1];
  const nextField = next?.fields[0]?.field;
  return (
    <QuestionScreen
      key={`${page.question.id} ${page.fields[0]?.field}`}
      page={page}
      nextName={
        nextField === undefined ? undefined : local(fieldOf(place.catalogue, nextField).label)
      }
      onBack={() => (now === 0 ? onBack() : setAt(now - 1))}
      onNext={() => (next === undefined ? onDone() : setAt(now + 1))}
    />
  );
}
