import { type Language, spacedCaseNumber } from '@tongban/core';
import { timeOfDay } from '@tongban/ui';
import {
  AnswerRows,
  Chain,
  documentsOf,
  EvidenceRows,
  Key,
  MaterialRows,
  type Names,
  NoteRows,
  RecordRows,
  RegisterRows,
  type StaffClient,
  type StaffFault,
  Viewer,
} from '@tongban/ui/staff';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Merged } from './merged.ts';
import type { Submission } from './submissions.ts';

export const tabs = ['form', 'materials', 'compare', 'papers', 'record'] as const;
export type Tab = (typeof tabs)[number];

/** The citizen's case in the middle: form, materials, comparison, papers, record. */
export function CasePane(props: {
  readonly client: StaffClient;
  readonly submission: Submission;
  readonly merged: Merged;
  readonly names: Names;
  readonly tab: Tab;
  /** False while digits choose reasons. */
  readonly tabKeys: boolean;
  weight(material: string): 'main' | 'secondary' | undefined;
  onTab(tab: Tab): void;
  onFault(fault: StaffFault): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { merged, names, submission, tab } = props;
  const language = i18n.language as Language;
  const [chosen, setChosen] = useState<string>();
  const [first] = merged.cases;
  const evidence = first.evidence.at(-1);
  const { filing } = first;
  const { target } = submission;

  const openFile = (address: string) => {
    setChosen(address);
    props.onTab('materials');
  };
  return (
    <>
      <div className="counter-title">
        <div>
          <p className="quiet">
            {spacedCaseNumber(submission.receiptNumber)}
            {submission.ticket !== undefined &&
              `　${t('filing.ticket', { ticket: submission.ticket })}`}
          </p>
          <h1>{target.kind === 'bundle' ? names.bundle(target.id) : names.item(target.id)}</h1>
        </div>
        <div className="counter-who">
          <b>{first.row.applicant}</b>
          {evidence !== undefined && (
            <span>
              {t(`evidence.${evidence.source}`)}，{t(`assurance.${evidence.assurance}`)}{' '}
              {timeOfDay(evidence.readAt, language)}
            </span>
          )}
        </div>
      </div>
      {merged.cases.length > 1 && (
        <Chain
          links={merged.cases.map((one) => one.row)}
          current={submission.rows.find((row) => row.state === submission.state)?.caseNumber ?? ''}
          names={names}
        />
      )}
      <div className="counter-tabs">
        <div role="tablist" aria-label={t('counter.tabs')}>
          {tabs.map((one, at) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`tab-${one}`}
              aria-selected={tab === one}
              aria-controls="counter-panel"
              {...(props.tabKeys ? { 'aria-keyshortcuts': String(at + 1) } : {})}
              onClick={() => props.onTab(one)}
            >
              {props.tabKeys && <Key>{at + 1}</Key>}
              {t(`tab.${one}`)}
            </button>
          ))}
        </div>
        {filing.mode === 'assisted' && (
          <span>{t('filing.written', { name: filing.staffName, account: filing.staff })}</span>
        )}
      </div>
      <div
        className="counter-panel"
        id="counter-panel"
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: longer than its pane and scrolled by keys.
        tabIndex={0}
      >
        {tab === 'form' && (
          <>
            <AnswerRows
              answers={merged.answers}
              names={names}
              head
              fault={(field) =>
                merged.register.some((one) => one.field === field && !one.same)
                  ? t('register.differs')
                  : undefined
              }
            />
            {merged.materials.length > 0 && (
              <MaterialRows
                materials={merged.materials}
                names={names}
                weight={props.weight}
                head
                onOpen={openFile}
              />
            )}
            <EvidenceRows evidence={first.evidence} filing={filing} />
          </>
        )}
        {(tab === 'materials' || tab === 'papers') && (
          <Papers {...props} chosen={chosen} onChoose={setChosen} />
        )}
        {tab === 'compare' && <RegisterRows findings={merged.register} names={names} />}
        {tab === 'record' && (
          <>
            <RecordRows trail={merged.trail} />
            <NoteRows notes={merged.notes} replies={merged.replies} names={names} />
          </>
        )}
      </div>
    </>
  );
}

/** The files of the materials, or the signed papers, one beside the other. */
function Papers(props: {
  readonly client: StaffClient;
  readonly merged: Merged;
  readonly names: Names;
  readonly tab: Tab;
  readonly chosen: string | undefined;
  onChoose(address: string): void;
  onFault(fault: StaffFault): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { merged, names } = props;
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(1);
  const all = merged.cases.flatMap((one) =>
    documentsOf(one, names, t).map((document) => ({
      ...document,
      title:
        document.verdict !== undefined && merged.cases.length > 1
          ? `${names.item(one.row.item)}，${document.title}`
          : document.title,
    })),
  );
  const documents = all.filter(
    (one, at) =>
      (one.verdict !== undefined) === (props.tab === 'papers') &&
      all.findIndex((other) => other.address === one.address) === at,
  );
  const shown = documents.find((one) => one.address === props.chosen) ?? documents[0];
  if (shown === undefined) return <p className="st-empty">{t('viewer.none')}</p>;
  return (
    <div className="counter-papers">
      <nav aria-label={t('viewer.all')}>
        {documents.map((one) => (
          <button
            key={one.address}
            type="button"
            aria-current={one.address === shown.address ? 'true' : undefined}
            onClick={() => {
              setPage(1);
              props.onChoose(one.address);
            }}
          >
            {one.title}
          </button>
        ))}
        {pages > 1 && (
          <p>
            {t('viewer.page', { page, pages })}
            <button
              type="button"
              className="st-link"
              onClick={() => setPage(Math.max(1, page - 1))}
            >
              {t('viewer.before')}
            </button>
            <button
              type="button"
              className="st-link"
              onClick={() => setPage(Math.min(pages, page + 1))}
            >
              {t('viewer.after')}
            </button>
          </p>
        )}
      </nav>
      <div className="counter-paper">
        <Viewer
          client={props.client}
          caseNumber={merged.caseOf.get(shown.address) ?? merged.cases[0].row.caseNumber}
          document={shown}
          page={page}
          onPages={setPages}
          onFault={props.onFault}
        />
      </div>
    </div>
  );
}
