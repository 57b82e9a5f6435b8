import type { BeginFailure, Language, Receipt, Result, Target, Visit } from '@tongban/core';
import type { HandoverFailure } from '@tongban/sync';
import type { Who } from '@tongban/sync/protocol';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Begun } from './DayList.tsx';
import { type CounterPlace, type OpenFiling, openFilings } from './filing/filings.ts';
import { handedOn } from './filing/whose.ts';

/** An application at this window: open, or handed in and its receipt not yet put away. */
export interface Filing {
  readonly id: string;
  readonly visit: Visit;
  readonly receipt: Receipt | undefined;
}

export interface FilingsHere {
  readonly begun: readonly Begun[];
  readonly open: Filing | undefined;
  readonly failure: BeginFailure | HandoverFailure | undefined;
  readonly busy: boolean;
  /** Why it was not begun; nothing when it was. `failure` says the same. */
  begin(
    target: Target,
    ticket: string | undefined,
  ): Promise<BeginFailure | HandoverFailure | undefined>;
  /** The same with what a kiosk or a phone gave out under this code. */
  takeOver(
    code: string,
    ticket: string | undefined,
  ): Promise<BeginFailure | HandoverFailure | undefined>;
  goOn(id: string): Promise<void>;
  /** Puts the open one aside; it stays in the list. */
  putAside(): void;
  filed(receipt: Receipt): void;
  /** Leaves it to whoever works here next; it goes out of this clerk's list. */
  handOn(id: string): Promise<void>;
  /** Destroys what this machine holds of it. */
  end(id: string): Promise<void>;
}

/** The applications begun at this window, and the one at hand. */
export function useFilings(place: CounterPlace, who: Who, language: Language): FilingsHere {
  const filings = useMemo(() => openFilings(place), [place]);
  const [held, setHeld] = useState<readonly Filing[]>([]);
  const [at, setAt] = useState<string>();
  const [failure, setFailure] = useState<BeginFailure | HandoverFailure>();
  const [busy, setBusy] = useState(false);
  const [bug, setBug] = useState<{ readonly error: unknown }>();
  if (bug !== undefined) throw bug.error;

  const staff = useCallback(
    (ticket: string | undefined) => ({
      mode: 'assisted' as const,
      staff: who.account,
      staffName: who.name,
      ...(ticket === undefined ? {} : { ticket }),
    }),
    [who],
  );

  const leaveWhenTaken = useCallback((id: string, taken: Promise<void>) => {
    void taken.then(() => setHeld((all) => all.filter((one) => one.id !== id)));
  }, []);

  /** Opens one that was left; from now on it is this person's who helps. */
  const takeUp = useCallback(
    async (id: string): Promise<Filing | undefined> => {
      const opened = await filings.open(id);
      if (!opened.ok) {
        setFailure(opened.error);
        return undefined;
      }
      if (opened.value === undefined) return undefined;
      const { visit, taken } = opened.value;
      leaveWhenTaken(id, taken);
      const { filing } = visit.snapshot().draft;
      const ticket = filing.mode === 'assisted' ? filing.ticket : undefined;
      const same = filing.mode === 'assisted' && filing.staff === who.account;
      const kept = same ? undefined : await visit.setFiling(staff(ticket));
      if (kept !== undefined && !kept.ok) setFailure(kept.error);
      return { id, visit, receipt: undefined };
    },
    [filings, staff, who.account, leaveWhenTaken],
  );

  useEffect(() => {
    let over = false;
    void (async () => {
      const left = await filings.left(who.account);
      if (!left.ok) return setFailure(left.error);
      for (const id of left.value) {
        const filing = await takeUp(id);
        if (over) return;
        if (filing !== undefined) setHeld((all) => [...all.filter((one) => one.id !== id), filing]);
      }
    })().catch((error: unknown) => setBug({ error }));
    return () => {
      over = true;
    };
  }, [filings, takeUp, who.account]);

  // The list names who each is for as soon as it is known.
  const [, setChange] = useState(0);
  useEffect(() => {
    const stops = held.map(({ visit }) => visit.subscribe(() => setChange((at) => at + 1)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [held]);

  async function opened(
    opening: Promise<Result<OpenFiling, BeginFailure | HandoverFailure>>,
  ): Promise<BeginFailure | HandoverFailure | undefined> {
    setBusy(true);
    setFailure(undefined);
    const begun = await opening.catch((error: unknown) => setBug({ error }));
    setBusy(false);
    if (begun === undefined) return undefined;
    if (!begun.ok) {
      setFailure(begun.error);
      return begun.error;
    }
    const { id, visit, taken } = begun.value;
    leaveWhenTaken(id, taken);
    setHeld((all) => [{ id, visit, receipt: undefined }, ...all]);
    setAt(id);
    return undefined;
  }

  return {
    begun: held
      .filter((one) => one.receipt === undefined)
      .map(({ id, visit }) => begunOf(id, visit, language)),
    open: held.find((one) => one.id === at),
    failure,
    busy,
    begin: (target, ticket) => opened(filings.begin(target, staff(ticket), language)),
    takeOver: (code, ticket) => opened(filings.takeOver(code, staff(ticket))),
    async goOn(id) {
      setAt(id);
    },
    putAside: () => setAt(undefined),
    filed: (receipt) =>
      setHeld((all) => all.map((one) => (one.id === at ? { ...one, receipt } : one))),
    async handOn(id) {
      const filing = held.find((one) => one.id === id);
      if (filing === undefined) return;
      const kept = await filing.visit.setFiling(handedOn(filing.visit.snapshot().draft.filing));
      if (!kept.ok) return setFailure(kept.error);
      setHeld((all) => all.filter((one) => one.id !== id));
      setAt((now) => (now === id ? undefined : now));
    },
    async end(id) {
      setHeld((all) => all.filter((one) => one.id !== id));
      setAt((now) => (now === id ? undefined : now));
      const ended = await filings.end(id);
      // What could not be ended is listed again at the next start.
      if (!ended.ok) setFailure(ended.error);
    },
  };
}

function begunOf(id: string, visit: Visit, language: Language): Begun {
  const { draft, plan } = visit.snapshot();
  return {
    visit: id,
    title: plan.name[language] ?? plan.name['zh-CN'],
    name: draft.evidence.at(-1)?.attributes.name ?? '',
    ticket: draft.filing.mode === 'assisted' ? draft.filing.ticket : undefined,
  };
}
