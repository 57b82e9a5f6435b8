import { gapDeadline, type Language, type Material } from '@tongban/core';
import { shortDate, timeOfDay, useOutbox } from '@tongban/ui';
import {
  type DisplayChoice,
  faultWords,
  Help,
  reasonsFor,
  type StaffClient,
  type StaffSession,
  Top,
  useCases,
  useKeys,
  useNames,
  useSearch,
} from '@tongban/ui/staff';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdmission } from '../terminal/useAdmission.ts';
import { CasePane, type Tab, tabs } from './CasePane.tsx';
import { CounterFoot } from './CounterFoot.tsx';
import { DayList } from './DayList.tsx';
import { DecisionPane, type GapTerm } from './DecisionPane.tsx';
import { choiceCards, choiceKeys } from './decisions.ts';
import { ChooseTarget } from './filing/ChooseTarget.tsx';
import { FilingView } from './filing/FilingView.tsx';
import type { CounterPlace } from './filing/filings.ts';
import { askedOf } from './handin/asked.ts';
import { HandIn } from './handin/HandIn.tsx';
import { keyGroups } from './keyGroups.ts';
import { Nothing } from './Nothing.tsx';
import { PinDialog } from './PinDialog.tsx';
import { CasePrint } from './print/CasePrint.tsx';
import { nextWaiting, submissionsOf } from './submissions.ts';
import { Terminals } from './Terminals.tsx';
import { useDeciding } from './useDeciding.ts';
import { useFilings } from './useFilings.ts';
import { useSubmission } from './useSubmission.ts';

/** How often the list is asked for while the page is looked at. */
const everyMs = 4_000;

/** One window: the day's list, the case, what is missing and what to do. */
export function Counter(props: {
  readonly session: StaffSession;
  readonly client: StaffClient;
  readonly place: CounterPlace;
  readonly display: DisplayChoice;
  onDisplay(choice: DisplayChoice): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  const { session, client, place } = props;
  const { who, catalogue, onFault } = session;
  const names = useNames(catalogue);
  const field = useRef<HTMLInputElement>(null);
  const search = useSearch(client, onFault);
  const { found } = search;
  const [helping, setHelping] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [terminals, setTerminals] = useState(false);
  const [pin, setPin] = useState(false);
  const [handing, setHanding] = useState(false);
  /** Receipt number of the submission that something was just taken in for. */
  const [handed, setHanded] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const [tab, setTab] = useState<Tab>('form');

  const day = useCases(client, everyMs, onFault);
  const { connected } = day.line;
  useEffect(() => {
    // The list came: the line is back, and what is saved here need not wait for the next look by itself.
    if (connected === true) void place.device.probe();
  }, [connected, place]);
  const filings = useFilings(place, who, language);
  const list = useMemo(() => {
    const rows = found?.rows ?? day.rows;
    return rows === undefined ? undefined : submissionsOf(rows);
  }, [found, day.rows]);
  const selected =
    list?.find((one) => one.receiptNumber === chosen) ??
    (chosen === undefined ? list?.[0] : undefined);
  const open = useSubmission(client, catalogue, selected, onFault);
  const deciding = useDeciding({
    client,
    random: place.random,
    merged: filings.open === undefined ? open.merged : undefined,
    onFault,
    onSent: async () => {
      await open.reload();
      await day.refresh();
    },
  });
  const next =
    list && nextWaiting(list, filings.open === undefined ? selected?.receiptNumber : undefined);
  const materials = useMemo(
    () => new Map(catalogue.items.flatMap((item) => item.materials.map((one) => [one.id, one]))),
    [catalogue],
  );
  const weight = (id: string): Material['weight'] | undefined => materials.get(id)?.weight;
  const gapTerm = (material: Material | undefined): GapTerm | undefined => {
    if (material?.gapDays === undefined) return undefined;
    const due = gapDeadline(material, place.clock.now(), catalogue.calendar);
    return { days: material.gapDays, until: due.known ? due.date : due.provisional };
  };
  const cards = open.merged === undefined ? [] : choiceCards(open.merged);
  const asked = open.merged === undefined ? [] : askedOf(open.merged.cases);
  const givesReasons =
    filings.open === undefined &&
    deciding.done === undefined &&
    deciding.choice !== undefined &&
    (reasonsFor(deciding.choice, catalogue) !== undefined ||
      deciding.choice === 'confirm-identity');

  const select = (receiptNumber: string | undefined) => {
    filings.putAside();
    setChosen(receiptNumber);
    setTab('form');
  };
  const step = (by: number) => {
    if (list === undefined || list.length === 0) return;
    const at = list.findIndex((one) => one.receiptNumber === selected?.receiptNumber);
    select(list[Math.min(list.length - 1, Math.max(0, at + by))]?.receiptNumber);
  };
  const find = async (text: string) => {
    const rows = await search.find(text);
    if (rows !== undefined) select(rows[0]?.receiptNumber);
  };
  const goNext = () => {
    if (next !== undefined) select(next.receiptNumber);
  };

  useKeys([
    { key: '/', run: () => field.current?.focus() },
    { key: '?', run: () => setHelping(true) },
    { key: 'T', run: () => setTerminals(true) },
    { key: 'F', run: () => setChoosing(true) },
    { key: 'N', run: goNext },
    { key: 'J', run: () => step(1), repeats: true },
    { key: 'K', run: () => step(-1), repeats: true },
    ...(filings.open === undefined
      ? [
          { key: 'P', run: () => window.print() },
          { key: 'F2', run: () => setHanding(asked.length > 0) },
          { key: 'Ctrl+Enter', run: () => void deciding.send() },
          ...cards.map(({ choice }) => ({
            key: choiceKeys[choice],
            run: () => deciding.choose(choice),
          })),
          ...(givesReasons
            ? []
            : tabs.map((one, at) => ({ key: String(at + 1), run: () => setTab(one) }))),
        ]
      : []),
  ]);

  const admission = useAdmission(place.device);
  // Decisions go by the clerk's session, not by this terminal: they still can be made.
  const shut = admission === 'closed' || admission === 'revoked';
  const entries = useOutbox(place.device.outbox);
  const unsent = entries.filter((one) => one.state.at !== 'received').length;
  const heardAt = day.line.heardAt;
  return (
    <div className="counter" data-screen="counter">
      <Top
        place={t('counter.window', { window: who.window ?? '' })}
        person={`${who.name} ${who.account}`}
        line={day.line}
        more={
          shut
            ? t('terminal:closed.short')
            : entries.length === 0
              ? undefined
              : unsent > 0
                ? t('counter.unsent', { count: unsent })
                : t('counter.sent', { count: entries.length })
        }
        searchHint={t('counter.search')}
        search={field}
        onSearch={(text) => void find(text)}
        onHelp={() => setHelping(true)}
        onSignOut={session.signOut}
      />
      <DayList
        list={list}
        begun={found === undefined ? filings.begun : []}
        selected={filings.open?.id ?? selected?.receiptNumber}
        found={found?.text}
        names={names}
        from={
          day.line.connected !== false || heardAt === undefined
            ? undefined
            : t('counter.from', {
                time: `${shortDate(heardAt, language)} ${timeOfDay(heardAt, language)}`,
              })
        }
        next={next}
        onSelect={select}
        onContinue={(id) => void filings.goOn(id)}
        onNext={goNext}
        onNew={() => setChoosing(true)}
        onClear={() => void find('')}
      />
      {filings.open !== undefined ? (
        <FilingView
          key={filings.open.id}
          filing={filings.open}
          place={place}
          catalogue={place.device.catalogue()}
          names={names}
          listed={list?.some((one) => one.receiptNumber === filings.open?.receipt?.number) === true}
          onFiled={(receipt) => {
            filings.filed(receipt);
            void day.refresh();
          }}
          onHandOn={() => {
            if (filings.open !== undefined) void filings.handOn(filings.open.id);
          }}
          onEnd={(receiptNumber) => {
            if (filings.open !== undefined) void filings.end(filings.open.id);
            select(receiptNumber);
          }}
        />
      ) : (
        <>
          <main className="counter-case">
            {search.fault !== undefined && (
              <p className="st-fault" role="alert">
                {faultWords(search.fault, t).text}
              </p>
            )}
            {open.merged !== undefined && selected !== undefined ? (
              <CasePane
                key={selected.receiptNumber}
                client={client}
                submission={selected}
                merged={open.merged}
                names={names}
                tab={tab}
                tabKeys={!givesReasons}
                weight={weight}
                onTab={setTab}
                onFault={onFault}
              />
            ) : (
              <Nothing
                fault={open.fault}
                empty={list?.length === 0}
                onNew={() => setChoosing(true)}
              />
            )}
          </main>
          {open.merged !== undefined && (
            <DecisionPane
              merged={open.merged}
              deciding={deciding}
              catalogue={catalogue}
              names={names}
              weight={weight}
              gapTerm={(id) => gapTerm(materials.get(id))}
              note={
                asked.length > 0 && handed === selected?.receiptNumber
                  ? t('handin.done')
                  : undefined
              }
              onHandIn={asked.length > 0 ? () => setHanding(true) : undefined}
              onPrint={() => window.print()}
              onNext={goNext}
            />
          )}
          {open.merged !== undefined && (
            <CasePrint merged={open.merged} catalogue={catalogue} who={who} />
          )}
        </>
      )}
      <CounterFoot
        place={place}
        onTerminals={() => setTerminals(true)}
        onPin={() => setPin(true)}
      />
      {pin && place.device.staff !== undefined && (
        <PinDialog staff={place.device.staff} account={who.account} onClose={() => setPin(false)} />
      )}
      {terminals && (
        <Terminals
          client={client}
          place={place}
          session={session}
          onClose={() => setTerminals(false)}
        />
      )}
      {handing && open.merged !== undefined && selected !== undefined && (
        <HandIn
          place={place}
          receiptNumber={selected.receiptNumber}
          asked={asked}
          filing={{ mode: 'assisted', staff: who.account, staffName: who.name }}
          names={names}
          onDone={() => {
            setHanding(false);
            setHanded(selected.receiptNumber);
          }}
          onClose={() => setHanding(false)}
        />
      )}
      {choosing && (
        <ChooseTarget
          catalogue={place.device.catalogue()}
          names={names}
          busy={filings.busy || shut}
          fault={
            shut
              ? t('terminal:closed.staff')
              : filings.failure && t(`fault:begin.${filings.failure}`)
          }
          onBegin={(target, ticket) =>
            void filings.begin(target, ticket).then(() => setChoosing(false))
          }
          onClose={() => setChoosing(false)}
        />
      )}
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
