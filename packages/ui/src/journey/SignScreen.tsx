import {
  err,
  ok,
  type PaperFailure,
  type Result,
  type SignFailure,
  type SubmitFailure,
  type UnsignedPaper,
  type Visit,
} from '@tongban/core';
import type { Appearance } from '@tongban/core/sign';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Board } from '../board/Board.tsx';
import { Mini, Primary, Second } from '../control/Button.tsx';
import { InDock, KeypadDock, KeypadDockSlot } from '../form/KeypadDock.tsx';
import { Screen } from '../frame/Screen.tsx';
import { useLine } from '../frame/useLine.ts';
import { Icon } from '../icon/Icon.tsx';
import { Local, Own } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { PaperViewer } from '../paper/PaperViewer.tsx';
import { SignaturePad } from '../signature/SignaturePad.tsx';
import { looksSigned, type Stroke } from '../signature/strokes.ts';
import { type JourneyPlace, useJourney, useSnapshot } from './journey.ts';
import { StepFault } from './StepFault.tsx';
import { useTask } from './useTask.ts';

/** Height that a drawn name is measured against; the pad's own height on a kiosk. */
const padHeight = 200;

interface SignScreenProps {
  readonly onBack: () => void;
  readonly onCorrect: () => void;
  readonly onSubmitted: () => void;
}

/** The real pages, then a wide line to sign on; or the name typed, for who does not draw. */
export function SignScreen({ onBack, onCorrect, onSubmitted }: SignScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { visit, place } = useJourney();
  const { plan, draft } = useSnapshot(visit);
  const { papers, drawAgain } = usePapers(visit, place);
  const [shown, setShown] = useState(false);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [typed, setTyped] = useState<string>();
  const [unsigned, setUnsigned] = useState(false);
  const task = useTask<SignFailure | SubmitFailure>();
  const name =
    draft.answers['applicant.name']?.value ?? draft.evidence.at(-1)?.attributes.name ?? '';

  useEffect(() => place.hold('signing'), [place]);

  const appearance = async (): Promise<Result<Appearance, 'not-signed' | PaperFailure>> => {
    if (typed === undefined)
      return looksSigned(strokes, padHeight) ? ok({ kind: 'drawn', strokes }) : err('not-signed');
    if (typed.trim() !== name) return err('not-signed');
    const fonts = await place.fonts();
    return fonts === undefined ? err('font-missing') : ok({ kind: 'typed', text: name, fonts });
  };

  const submit = () =>
    task.run(async () => {
      const signature = await appearance();
      setUnsigned(!signature.ok && signature.error === 'not-signed');
      if (!signature.ok) return signature;
      const signed = await visit.sign(signature.value);
      const submitted = signed.ok ? await visit.submit() : signed;
      if (!submitted.ok && submitted.error === 'catalogue-renewed') {
        setStrokes([]);
        setShown(false);
        drawAgain();
      }
      return submitted;
    }, onSubmitted);

  const nothing = typed === undefined ? strokes.length === 0 : typed === '';

  return (
    <KeypadDock>
      <Screen
        name="sign"
        shape="sheet"
        what={<Local text={plan.name} />}
        step={4}
        heading={t('journey:sign.heading')}
        onBack={onBack}
        act={
          <>
            <KeypadDockSlot />
            <div className="sign-act">
              <Second
                icon="close"
                disabled={nothing || task.busy}
                onPress={() => (typed === undefined ? setStrokes([]) : setTyped(''))}
              >
                {t('journey:sign.clear')}
              </Second>
              {typed === undefined ? (
                <Second
                  icon="undo"
                  disabled={nothing || task.busy}
                  onPress={() => setStrokes(strokes.slice(0, -1))}
                >
                  {t('journey:sign.undo')}
                </Second>
              ) : (
                <Second icon="pen" disabled={task.busy} onPress={() => setTyped(undefined)}>
                  {t('journey:sign.draw')}
                </Second>
              )}
              <Primary busy={task.busy} disabled={!shown} onPress={submit}>
                {t('journey:sign.submit')}
              </Primary>
            </div>
          </>
        }
      >
        <div className="sign">
          {papers === undefined ? (
            <p className="paper-state" role="status">
              {t('journey:sign.drawing')}
            </p>
          ) : !papers.ok ? (
            <div className="paper-state">
              <p role="alert">{faultWords('submit', papers.error)}</p>
              <Mini icon="resume" onPress={drawAgain}>
                {t('journey:sign.openAgain')}
              </Mini>
            </div>
          ) : (
            <Papers papers={papers.value} onCorrect={onCorrect} onShown={setShown} />
          )}
          <div className="sign-here">
            <StepFault />
            {(task.failure !== undefined || unsigned) && (
              <p className="fault" role="alert">
                <Icon name="attention" />
                <span>
                  {unsigned || task.failure === undefined
                    ? t(`journey:sign.${typed === undefined ? 'pleaseSign' : 'pleaseType'}`, {
                        name,
                      })
                    : faultWords('submit', task.failure)}
                </span>
              </p>
            )}
            {typed === undefined ? (
              <SignaturePad
                strokes={strokes}
                onStrokes={(next) => {
                  setStrokes(next);
                  setUnsigned(false);
                }}
                hint={
                  <>
                    {t('journey:sign.here')} <Own>{name}</Own>
                  </>
                }
                otherWay={
                  <button type="button" onClick={() => setTyped('')}>
                    {t('journey:sign.otherWay')}
                    <Icon name="more" />
                  </button>
                }
              />
            ) : (
              <label className="signbox signbox-typed">
                <span>{t('journey:sign.typeName', { name })}</span>
                <input
                  // biome-ignore lint/a11y/noAutofocus: the person asked for this field instead of the pad
                  autoFocus
                  type="text"
                  lang="zh-CN"
                  autoComplete="off"
                  value={typed}
                  onChange={(event) => {
                    setTyped(event.target.value);
                    setUnsigned(false);
                  }}
                />
                <small>{t('journey:sign.typedNote')}</small>
                <InDock>
                  <Board
                    onText={(more) => setTyped(typed + more)}
                    onDelete={() => setTyped([...typed].slice(0, -1).join(''))}
                  />
                </InDock>
              </label>
            )}
          </div>
        </div>
      </Screen>
    </KeypadDock>
  );
}

/** The papers of the visit. What stood in their way is looked at again as soon as there is a line. */
function usePapers(visit: Visit, { line }: JourneyPlace) {
  const [papers, setPapers] = useState<Awaited<ReturnType<Visit['papers']>>>();
  const [attempt, setAttempt] = useState(0);
  const [bug, setBug] = useState<{ readonly error: unknown }>();
  const connected = useLine(line).at === 'connected';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt, or a line, draws them anew
  useEffect(() => {
    let gone = false;
    visit.papers().then(
      (drawn) => gone || setPapers(drawn),
      (error: unknown) => gone || setBug({ error }),
    );
    return () => {
      gone = true;
    };
  }, [visit, attempt, connected]);
  if (bug !== undefined) throw bug.error;
  const drawAgain = () => {
    setPapers(undefined);
    setAttempt(attempt + 1);
  };
  return { papers, drawAgain };
}

interface PapersProps {
  readonly papers: readonly UnsignedPaper[];
  readonly onCorrect: () => void;
  readonly onShown: (shown: boolean) => void;
}

/** The pages, and a word about characters that the font lacks. */
function Papers({ papers, onCorrect, onShown }: PapersProps) {
  const { t } = useTranslation();
  const [named] = useState(() => papers.map((paper) => ({ name: paper.title, pdf: paper.pdf })));
  const rare = [...new Set(papers.flatMap((paper) => paper.drawnAsCodePoint))];
  return (
    <div className="sign-paper">
      <PaperViewer papers={named} onCorrect={onCorrect} onShown={onShown} />
      {rare.length > 0 && (
        <p className="remark">
          <Icon name="attention" />
          <span>{t('journey:sign.rare', { characters: rare.join(' ') })}</span>
        </p>
      )}
    </div>
  );
}
