import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenPaper } from '../paper/pages.ts';

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
  return <Page paper={paper} page={Math.min(props.page, paper.pages)} />;
}

function Page(props: { readonly paper: OpenPaper; readonly page: number }): ReactNode {
  const { paper, page } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [text, setText] = useState('');

  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => setWidth(box.clientWidth));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const sheet = canvas.current;
    if (sheet === null || width === 0) return;
    let over = false;
    void paper.draw(page, sheet, width, devicePixelRatio).then(() => {
      if (!over) sheet.dataset.drawn = String(page);
    });
    void paper.text(page).then((words) => {
      if (!over) setText(words);
    });
    return () => {
      over = true;
    };
  }, [paper, page, width]);

  return (
    <div className="st-paper" ref={frame} lang="zh-CN">
      <div aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      <p className="spoken">{text}</p>
    </div>
  );
}
