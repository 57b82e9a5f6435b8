import type { Clock, Random } from '@tongban/core';
import {
  answersInOrder,
  byUrgency,
  type Decision,
  type DisplayChoice,
  documentsOf,
  faultWords,
  Help,
  type StaffClient,
  type StaffSession,
  Top,
  useCase,
  useCases,
  useKeys,
  useNames,
  useSearch,
} from '@tongban/ui/staff';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseFacts, CaseHead } from './CaseView.tsx';
import { DecisionBar } from './DecisionBar.tsx';
import { DocumentPane } from './DocumentPane.tsx';
import { Inbox } from './Inbox.tsx';
import { keyGroups } from './keyGroups.ts';

/** How often the list is asked for while the page is looked at. */
const everyMs = 4_000;

/** One department's desk: inbox, case, the signed page, decision. */
export function Desk(props: {
  readonly session: StaffSession;
  readonly client: StaffClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly display: DisplayChoice;
  onDisplay(choice: DisplayChoice): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { session, client } = props;
  const { who, catalogue, onFault } = session;
  const names = useNames(catalogue);
  const field = useRef<HTMLInputElement>(null);
  const search = useSearch(client, onFault);
  const { found } = search;
  const [helping, setHelping] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [document, setDocument] = useState<string>();
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(1);
  // Decisions being written, by case: looking at another case or signing in again loses none.
  const [decisions, setDecisions] = useState<Readonly<Record<string, Decision>>>({});

  const list = useCases(client, everyMs, onFault);
  const inbox = useMemo(() => list.rows?.toSorted(byUrgency), [list.rows]);
  const rows = found?.rows ?? inbox;
  const selected = chosen ?? inbox?.[0]?.caseNumber;
  const version = [...(found?.rows ?? []), ...(inbox ?? [])].find(
    (row) => row.caseNumber === selected,
  )?.updatedAt;
  const open = useCase(client, selected, version, onFault);
  const { detail } = open;
  const documents = detail === undefined ? [] : documentsOf(detail, names, t);
  const shown = documents.find((one) => one.address === document) ?? documents[0];

  const openDocument = useCallback((address: string) => {
    setDocument(address);
    setPage(1);
  }, []);
  const select = useCallback((caseNumber: string) => {
    setChosen(caseNumber);
    setDocument(undefined);
    setPage(1);
  }, []);

  const find = async (text: string) => {
    const first = (await search.find(text))?.[0];
    if (first !== undefined) select(first.caseNumber);
  };

  const step = (by: number) => {
    if (rows === undefined || rows.length === 0) return;
    const at = rows.findIndex((row) => row.caseNumber === selected);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined) select(next.caseNumber);
  };
  const turn = (by: number) => setPage((now) => Math.min(pages, Math.max(1, now + by)));
  const nextDocument = (by: number) => {
    const at = documents.findIndex((one) => one.address === shown?.address);
    const next = documents[(at + by + documents.length) % documents.length];
    if (next !== undefined) openDocument(next.address);
  };

  useKeys([
    { key: '/', run: () => field.current?.focus() },
    { key: '?', run: () => setHelping(true) },
    { key: 'J', run: () => step(1), repeats: true },
    { key: 'K', run: () => step(-1), repeats: true },
    { key: 'ArrowDown', run: () => step(1), repeats: true },
    { key: 'ArrowUp', run: () => step(-1), repeats: true },
    { key: '[', run: () => turn(-1) },
    { key: ']', run: () => turn(1) },
    { key: 'D', run: () => nextDocument(1) },
    { key: 'Shift+D', run: () => nextDocument(-1) },
  ]);

  const bundle = catalogue.bundles.find((one) => one.id === detail?.row.bundle);
  const item = detail && catalogue.items.find((one) => one.id === detail.row.item);
  const department = who.department === undefined ? undefined : names.department(who.department);
  return (
    <div className="desk" data-screen="desk">
      <Top
        place={department ?? t('desk.supervisor')}
        person={`${who.name} ${who.account}`}
        line={list.line}
        searchHint={t('desk.search')}
        search={field}
        onSearch={(text) => void find(text)}
        onHelp={() => setHelping(true)}
        onSignOut={session.signOut}
      />
      <Inbox
        rows={rows}
        selected={selected}
        found={found?.text}
        names={names}
        onSelect={select}
        onClear={() => void find('')}
      />
      <main className="desk-case">
        {search.fault !== undefined && (
          <p className="st-fault" role="alert">
            {faultWords(search.fault, t).text}
          </p>
        )}
        {detail === undefined && (
          <p className="st-empty" role={open.fault === undefined ? undefined : 'alert'}>
            {open.fault !== undefined && faultWords(open.fault, t).text}
            {open.fault === undefined && rows?.length === 0 && t('desk.nothingOpen')}
          </p>
        )}
        {detail !== undefined && (
          <>
            <CaseHead
              detail={detail}
              names={names}
              promised={item?.time.promised}
              order={bundle?.items.map((one) => one.item) ?? []}
            />
            <div className="desk-two">
              <CaseFacts
                detail={detail}
                names={names}
                answers={answersInOrder(detail.answers, [detail.row.item], catalogue)}
                open={shown?.address}
                onOpen={openDocument}
              />
              <DocumentPane
                client={client}
                caseNumber={detail.row.caseNumber}
                documents={documents}
                shown={shown}
                page={page}
                pages={pages}
                onDocument={openDocument}
                onTurn={turn}
                onPages={setPages}
                onFault={onFault}
              />
            </div>
            <DecisionBar
              key={detail.row.caseNumber}
              session={session}
              client={client}
              random={props.random}
              detail={detail}
              names={names}
              decision={decisions[detail.row.caseNumber]}
              onDecision={(decision) =>
                setDecisions((all) => withDecision(all, detail.row.caseNumber, decision))
              }
              onDone={(next) => {
                open.put(next);
                void list.refresh();
              }}
              onReload={open.reload}
            />
          </>
        )}
      </main>
      {helping && (
        <Help
          groups={keyGroups(t)}
          choice={props.display}
          onChoose={props.onDisplay}
          onClose={() => setHelping(false)}
        />
      )}
    </div>
  );
}

function withDecision(
  all: Readonly<Record<string, Decision>>,
  caseNumber: string,
  decision: Decision | undefined,
): Readonly<Record<string, Decision>> {
  const { [caseNumber]: _, ...others } = all;
  return decision === undefined ? others : { ...others, [caseNumber]: decision };
}
