import { gapDeadline, type Language, type Material } from '@tongban/core';
import { shortDate, timeOfDay, useOutbox } from '@tongban/ui';
import {
  Act,
  type DisplayChoice,
  faultWords,
  Help,
  reasonsFor,
  type StaffClient,
  type StaffSession,
  Top,
  Tray,
  useNames,
} from '@tongban/ui/staff';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdmission } from '../terminal/useAdmission.ts';
import { CasePane, type Tab } from './CasePane.tsx';
import { CounterFoot } from './CounterFoot.tsx';
import { DayList } from './DayList.tsx';
import { DecisionPane, type GapTerm } from './DecisionPane.tsx';
import { choiceCards } from './decisions.ts';
import { ChooseTarget } from './filing/ChooseTarget.tsx';
import { FilingView } from './filing/FilingView.tsx';
import { filingFault } from './filing/filingFault.ts';
import type { CounterPlace } from './filing/filings.ts';
import { askedOf } from './handin/asked.ts';
import { HandIn } from './handin/HandIn.tsx';
import { keyGroups } from './keyGroups.ts';
import { Nothing } from './Nothing.tsx';
import { PinDialog } from './PinDialog.tsx';
import { CasePrint } from './print/CasePrint.tsx';
import { Terminals } from './Terminals.tsx';
import { useCounterKeys } from './useCounterKeys.ts';
import { useCounterScan } from './useCounterScan.ts';
import { useDay } from './useDay.ts';
import { useDeciding } from './useDeciding.ts';
import { useFilings } from './useFilings.ts';
import { useSubmission } from './useSubmission.ts';

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
  const [helping, setHelping] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [tray, setTray] = useState(false);
  const [terminals, setTerminals] = useState(false);
  const [pin, setPin] = useState(false);
  const [handing, setHanding] = useState(false);
  /** Receipt number of the submission that something was just taken in for. */
  const [handed, setHanded] = useState<string>();
  const [tab, setTab] = useState<Tab>('form');

  const filings = useFilings(place, who, language);
  const showForm = () => setTab('form');
  const shown = useDay(client, place, onFault, filings, showForm);
  const { day, search, found, list, selected, next, select, find, goNext } = shown;
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

  useCounterKeys({
    list: shown,
    deciding,
    cards,
    filing: filings.open !== undefined,
    givesReasons,
    toSearch: () => field.current?.focus(),
    help: () => setHelping(true),
    begin: () => setChoosing(true),
    tray: () => setTray(true),
    terminals: () => setTerminals(true),
    handIn: () => setHanding(asked.length > 0),
    onTab: setTab,
  });

  const admission = useAdmission(place.device);
  // Decisions go by the clerk's session, not by this terminal: they still can be made.
  const shut = admission === 'closed' || admission === 'revoked';
  useCounterScan({ shut, takeOver: filings.takeOver, find });
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
        acts={<Act name={t('tray.open')} keys={['O']} onPress={() => setTray(true)} />}
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
            {filings.failure !== undefined && !choosing && (
              <p className="st-fault" role="alert">
                {filingFault(filings.failure, t)}
              </p>
            )}
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
            shut ? t('terminal:closed.staff') : filings.failure && filingFault(filings.failure, t)
          }
          onBegin={(target, ticket) =>
            void filings.begin(target, ticket).then((failure) => failure ?? setChoosing(false))
          }
          onTakeOver={(code, ticket) =>
            void filings.takeOver(code, ticket).then((failure) => failure ?? setChoosing(false))
          }
          onClose={() => setChoosing(false)}
        />
      )}
      {tray && <Tray desk={place.device} save={place.saveFile} onClose={() => setTray(false)} />}
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
