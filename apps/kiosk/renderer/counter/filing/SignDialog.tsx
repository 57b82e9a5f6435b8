import {
  err,
  type Receipt,
  type SignFailure,
  type SubmitFailure,
  type UnsignedPaper,
  type Visit,
} from '@tongban/core';
import { looksSigned, PaperViewer, SignaturePad, type Stroke } from '@tongban/ui';
import { Act, Overlay, useKeys } from '@tongban/ui/staff';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CounterPlace } from './filings.ts';
import { useVisit } from './useVisit.ts';

/** Least length of a drawn name, in CSS pixels. */
const leastInk = 120;

/** Turned to the citizen: the real pages, who helped, and the line to sign on. Handing in follows at once. */
export function SignDialog(props: {
  readonly visit: Visit;
  readonly place: Pick<CounterPlace, 'fonts'>;
  onClose(): void;
  onFiled(receipt: Receipt): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { visit } = props;
  const { draft, plan } = useVisit(visit);
  const [papers, setPapers] = useState<readonly UnsignedPaper[]>();
  const [shown, setShown] = useState(false);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [typed, setTyped] = useState<string>();
  const [renewed, setRenewed] = useState(0);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignFailure | SubmitFailure | 'paper'>();
  const inside = useRef<HTMLDivElement>(null);
  const name = draft.evidence.at(-1)?.attributes.name ?? '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer catalogue draws them anew
  useEffect(() => {
    let over = false;
    void visit.papers().then((drawn) => {
      if (over) return;
      if (drawn.ok) setPapers(drawn.value);
      else setFailure('paper');
    });
    return () => {
      over = true;
    };
  }, [visit, renewed]);

  const signed = typed === undefined ? looksSigned(strokes, leastInk) : typed.trim() === name;

  async function submit() {
    if (!signed || busy || !shown) return;
    setBusy(true);
    setFailure(undefined);
    const receipt = await signAndSubmit();
    setBusy(false);
    if (receipt.ok) return props.onFiled(receipt.value);
    setFailure(receipt.error);
    if (receipt.error !== 'catalogue-renewed') return;
    // Other papers than those that were read: they are shown, and signed, anew.
    setPapers(undefined);
    setShown(false);
    setStrokes([]);
    setRenewed(renewed + 1);
  }

  async function signAndSubmit() {
    const fonts = await props.place.fonts();
    if (typed !== undefined && fonts === undefined) return err('font-missing' as const);
    const mark = await visit.sign(
      typed === undefined || fonts === undefined
        ? { kind: 'drawn', strokes }
        : { kind: 'typed', text: name, fonts },
    );
    return mark.ok ? visit.submit() : mark;
  }

  useKeys([{ key: 'Ctrl+Enter', run: () => void submit() }], inside);

  const named = papers?.map((paper) => ({
    name: `${plan.items.find(({ item }) => item.id === paper.item)?.item.name['zh-CN'] ?? ''} ${paper.title}`,
    pdf: paper.pdf,
  }));
  const rare = [...new Set(papers?.flatMap((paper) => paper.drawnAsCodePoint) ?? [])];
  return (
    <Overlay title={t('sign.title', { name })} wide inside={inside} onClose={props.onClose}>
      <div className="filing-sign" data-screen="sign">
        <div className="filing-sign-paper">
          {named === undefined ? (
            <p aria-busy="true">{failure === 'paper' ? t('sign.noPaper') : t('viewer.opening')}</p>
          ) : (
            <Pages papers={named} onShown={setShown} />
          )}
        </div>
        <div className="filing-sign-here">
          {draft.filing.mode === 'assisted' && (
            <p className="filing-both">
              {t('filing.written', { name: draft.filing.staffName, account: draft.filing.staff })}
            </p>
          )}
          {rare.length > 0 && <p>{t('sign.rare', { characters: rare.join(' ') })}</p>}
          {typed === undefined ? (
            <SignaturePad
              strokes={strokes}
              onStrokes={setStrokes}
              hint={t('sign.here', { name })}
              otherWay={
                <button type="button" className="st-link" onClick={() => setTyped('')}>
                  {t('sign.type')}
                </button>
              }
            />
          ) : (
            <label className="filing-typed">
              <span>{t('sign.typeName', { name })}</span>
              <input
                className="st-field"
                lang="zh-CN"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
              <small>{t('sign.typedNote')}</small>
            </label>
          )}
          <div className="filing-sign-acts">
            {typed === undefined ? (
              <Act name={t('sign.clear')} onPress={() => setStrokes([])} />
            ) : (
              <Act name={t('sign.draw')} onPress={() => setTyped(undefined)} />
            )}
            <Act
              name={t('sign.submit')}
              keys={['Ctrl', 'Enter']}
              tone="primary"
              why={signed ? undefined : t('sign.first', { name })}
              busy={busy || !shown}
              onPress={() => void submit()}
            />
          </div>
          {failure !== undefined && failure !== 'paper' && (
            <p className="st-fault" role="alert">
              {t(`fault:submit.${failure}`)}
            </p>
          )}
        </div>
      </div>
    </Overlay>
  );
}

/** The viewer opens its papers anew when the list changes; drawing a stroke must not be such a change. */
function Pages(props: {
  readonly papers: readonly { name: string; pdf: Uint8Array }[];
  onShown(shown: boolean): void;
}): ReactNode {
  const [papers] = useState(props.papers);
  return <PaperViewer papers={papers} onShown={props.onShown} />;
}
