import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenPaper } from '../paper/pages.ts';
import { usePage, useWidth } from '../paper/usePage.ts';

type Opening = OpenPaper | 'opening' | 'torn';

/** One page of a PDF as wide as its place, with its text for readers. */
export function StaffPaper(props: {
  readonly bytes: Uint8Array;
  readonly page: number;
  onPages(pages: number): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { bytes, onPages } = props;
  const [paper, setPaper] = useState<Opening>('opening');

  useEffect(() => {
    let over = false;
    let opened: OpenPaper | undefined;
    // pdf.js is large and comes only when a paper is looked at.
    void import('../paper/pages.ts')
      .then(({ openPaper }) => openPaper(bytes))
      .then(
        (now) => {
          opened = now;
          if (over) return now.close();
          setPaper(now);
          onPages(now.pages);
        },
        () => {
          if (!over) setPaper('torn');
        },
      );
    return () => {
      over = true;
      void opened?.close();
    };
  }, [bytes, onPages]);

  if (paper === 'torn') return <p role="alert">{t('viewer.torn')}</p>;
  if (paper === 'opening') return <p aria-busy="true">{t('viewer.opening')}</p>;
  return (
    <Page paper={paper} page={Math.min(props.page, paper.pages)} onTorn={() => setPaper('torn')} />
  );
}

interface PageProps {
  readonly paper: OpenPaper;
  readonly page: number;
  readonly onTorn: () => void;
}

function Page(props: PageProps): ReactNode {
  const { paper, page } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(frame);
  const text = usePage(canvas, paper, page, width, (drawn) => {
    if (drawn) canvas.current?.setAttribute('data-drawn', String(page));
    else props.onTorn();
  });

  return (
    <div className="st-paper" ref={frame} lang="zh-CN">
      <div aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      <p className="spoken">{text}</p>
    </div>
  );
}
