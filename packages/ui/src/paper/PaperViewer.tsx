import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mini } from '../control/Button.tsx';
import { Icon } from '../icon/Icon.tsx';
import type { OpenPaper } from './pages.ts';
import { usePage, useWidth } from './usePage.ts';

interface PaperViewerProps {
  readonly papers: readonly { readonly name: string; readonly pdf: Uint8Array }[];
  /** Takes the person to what they want to correct. */
  readonly onCorrect?: () => void;
  /** Whether a page stands on the screen: nobody is to sign what could not be shown. */
  readonly onShown?: (shown: boolean) => void;
}

interface Sheet {
  readonly paper: OpenPaper;
  readonly name: string;
  readonly page: number;
}

/** The real pages, at reading size, page by page. */
export function PaperViewer({ papers, onCorrect, onShown }: PaperViewerProps) {
  const { t } = useTranslation();
  const [sheets, setSheets] = useState<readonly Sheet[] | 'opening' | 'broken'>('opening');
  const [at, setAt] = useState(0);
  const [enlarged, setEnlarged] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens them anew
  useEffect(() => {
    let gone = false;
    const opened: OpenPaper[] = [];
    void (async () => {
      const { openPaper } = await import('./pages.ts');
      const all: Sheet[] = [];
      for (const { name, pdf } of papers) {
        const paper = await openPaper(pdf);
        opened.push(paper);
        for (let page = 1; page <= paper.pages; page++) all.push({ paper, name, page });
      }
      return all;
    })().then(
      (all) => !gone && setSheets(all),
      () => !gone && setSheets('broken'),
    );
    return () => {
      gone = true;
      for (const paper of opened) void paper.close();
    };
  }, [papers, attempt]);

  const total = typeof sheets === 'string' ? 0 : sheets.length;
  const sheet = typeof sheets === 'string' ? undefined : sheets[at];
  return (
    <section className="paper" aria-label={t('journey:sign.paper')}>
      <div className="pager">
        <button type="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
          <Icon name="back" />
          {t('journey:sign.previous')}
        </button>
        <span role="status">
          {total > 0 && t('journey:sign.pageOf', { page: at + 1, all: total })}
        </span>
        {onCorrect && (
          <button type="button" onClick={onCorrect}>
            <Icon name="pencil" />
            {t('journey:sign.correct')}
          </button>
        )}
        <button type="button" disabled={at + 1 >= total} onClick={() => setAt(at + 1)}>
          {t('journey:sign.next')}
          <Icon name="forward" />
        </button>
      </div>
      {sheets === 'broken' ? (
        <div className="paper-state">
          <p role="alert">{t('journey:sign.broken')}</p>
          <Mini
            icon="resume"
            onPress={() => {
              setSheets('opening');
              setAttempt(attempt + 1);
            }}
          >
            {t('journey:sign.openAgain')}
          </Mini>
        </div>
      ) : sheet === undefined ? (
        <p className="paper-state" role="status">
          {t('journey:sign.opening')}
        </p>
      ) : (
        <Page
          sheet={sheet}
          enlarged={enlarged}
          onDrawn={(drawn) => {
            onShown?.(drawn);
            if (!drawn) setSheets('broken');
          }}
        >
          <Mini icon={enlarged ? 'undo' : 'search'} onPress={() => setEnlarged(!enlarged)}>
            {t(enlarged ? 'journey:sign.whole' : 'journey:sign.enlarge')}
          </Mini>
        </Page>
      )}
    </section>
  );
}

/** How much larger a page is drawn for who asks. */
const enlargement = 1.6;

interface PageProps {
  readonly sheet: Sheet;
  readonly enlarged: boolean;
  readonly onDrawn: (drawn: boolean) => void;
  readonly children: ReactNode;
}

function Page({ sheet, enlarged, onDrawn, children }: PageProps) {
  const { t } = useTranslation();
  const [below, setBelow] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useWidth(box);
  const text = usePage(
    canvas,
    sheet.paper,
    sheet.page,
    Math.floor(room * (enlarged ? enlargement : 1)),
    (drawn) => {
      if (drawn) canvas.current?.setAttribute('data-drawn', `${sheet.name} ${sheet.page}`);
      look();
      onDrawn(drawn);
    },
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, or another size of it, begins at its top
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [sheet, enlarged]);

  const look = () => {
    const frame = box.current;
    if (frame) setBelow(frame.scrollHeight - frame.clientHeight - frame.scrollTop > 8);
  };

  return (
    <div className="paper-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the page is taller than its window and must be scrollable by keys */}
      <div className="paper-window" ref={box} tabIndex={0} lang="zh-CN" onScroll={look}>
        <canvas ref={canvas} />
        <p className="spoken">{text}</p>
      </div>
      <div className="paper-tools">
        {children}
        {below && (
          <Mini
            icon="down"
            onPress={() => box.current?.scrollBy({ top: box.current.clientHeight * 0.8 })}
          >
            {t('journey:sign.further')}
          </Mini>
        )}
      </div>
    </div>
  );
}
