import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedFile, StaffClient, StaffFault } from './client.ts';
import type { StaffDocument } from './documents.ts';
import { faultWords } from './fault.ts';
import { StaffPaper } from './StaffPaper.tsx';
import { Verdict } from './Verdict.tsx';

type Opening =
  | { readonly at: 'opening' }
  | { readonly at: 'open'; readonly file: OpenedFile }
  | { readonly at: 'fault'; readonly fault: StaffFault };

/** Opens one paper or material in the page. Its bytes live as long as it is shown, and are never kept. */
export function Viewer(props: {
  readonly client: StaffClient;
  readonly caseNumber: string;
  readonly document: StaffDocument;
  readonly page: number;
  onPages(pages: number): void;
  onFault(fault: StaffFault): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { client, caseNumber, document, onFault, onPages } = props;
  const [opening, setOpening] = useState<Opening>({ at: 'opening' });

  useEffect(() => {
    let over = false;
    setOpening({ at: 'opening' });
    void client.file(caseNumber, document.address).then((answer) => {
      if (over) return;
      if (answer.ok) setOpening({ at: 'open', file: answer.value });
      else {
        setOpening({ at: 'fault', fault: answer.error });
        onFault(answer.error);
      }
    });
    return () => {
      over = true;
    };
  }, [client, caseNumber, document.address, onFault]);

  if (opening.at === 'opening') {
    return (
      <p className="st-sheet st-sheet-empty" aria-busy="true">
        {t('viewer.opening')}
      </p>
    );
  }
  if (opening.at === 'fault') {
    return (
      <p className="st-sheet st-sheet-empty" role="alert">
        {faultWords(opening.fault, t).text}
      </p>
    );
  }
  const { file } = opening;
  return (
    <>
      <section
        className="st-sheet"
        aria-label={document.title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the page is taller than its window and is scrolled by keys.
        tabIndex={0}
      >
        {file.type === 'application/pdf' ? (
          <StaffPaper bytes={file.bytes} page={props.page} onPages={onPages} />
        ) : (
          <Picture file={file} title={document.title} onPages={onPages} />
        )}
      </section>
      {document.verdict !== undefined && <Verdict verdict={document.verdict} bytes={file.bytes} />}
    </>
  );
}

function Picture(props: {
  readonly file: OpenedFile;
  readonly title: string;
  onPages(pages: number): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { file, onPages } = props;
  const [url, setUrl] = useState<string>();
  const [torn, setTorn] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([file.bytes], { type: file.type }));
    setUrl(made);
    setTorn(false);
    onPages(1);
    return () => URL.revokeObjectURL(made);
  }, [file, onPages]);
  if (torn) return <p role="alert">{t('viewer.torn')}</p>;
  if (url === undefined) return null;
  return <img src={url} alt={props.title} onError={() => setTorn(true)} />;
}
