import type { Random } from '@tongban/core';
import {
  type Decision,
  type Incomplete,
  incomplete,
  type StaffClient,
  type StaffFault,
  sendable,
} from '@tongban/ui/staff';
import { useState } from 'react';
import { type Choice, choiceCards, lacking, partsOf } from './decisions.ts';
import type { Merged } from './merged.ts';

/** A decision over a submission while it is written; it stays while others are looked at. */
export interface Draft {
  readonly choice: Choice;
  /** What was written for each choice, so that going from one card to another loses nothing. */
  readonly written: Readonly<Partial<Record<Choice, Decision>>>;
  /** What was sent for each case: tried again, it is the same act. */
  readonly sent: Readonly<Record<string, NonNullable<Decision['sent']>>>;
}

/** What was carried out, and when by the centre's clock. Once somebody else moves the case on, it is said no more. */
export interface Done {
  readonly choice: Choice;
  readonly at: string;
}

export interface Deciding {
  readonly choice: Choice | undefined;
  readonly decision: Decision | undefined;
  readonly lacks: Incomplete | undefined;
  readonly busy: boolean;
  readonly fault: StaffFault | undefined;
  /** The choice that was carried out last for this submission. */
  readonly done: Done | undefined;
  choose(choice: Choice): void;
  write(decision: Decision): void;
  send(): Promise<void>;
}

/** Chooses, writes and sends a decision for every case of a submission that it concerns. */
export function useDeciding(options: {
  readonly client: StaffClient;
  readonly random: Random;
  readonly merged: Merged | undefined;
  onFault(fault: StaffFault): void;
  onSent(): Promise<void>;
}): Deciding {
  const { client, random, merged, onFault, onSent } = options;
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const [done, setDone] = useState<Done & { readonly receipt: string }>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ readonly receipt: string; readonly fault: StaffFault }>();

  const receipt = merged?.cases[0].row.receiptNumber ?? '';
  const movedAt = merged?.cases
    .map((one) => one.row.updatedAt)
    .toSorted()
    .at(-1);
  const cards = merged === undefined ? [] : choiceCards(merged);
  const open = (choice: Choice) =>
    cards.some((card) => card.choice === choice && card.closed === undefined);
  const kept = drafts[receipt];
  const choice = kept !== undefined && open(kept.choice) ? kept.choice : firstOf(cards);
  const decision =
    merged === undefined || choice === undefined
      ? undefined
      : (kept?.written[choice] ?? begin(choice, merged));

  const keep = (draft: Draft) => setDrafts((all) => ({ ...all, [receipt]: draft }));

  return {
    choice,
    decision,
    lacks: decision && incomplete(decision),
    busy,
    fault: fault?.receipt === receipt ? fault.fault : undefined,
    done: done?.receipt === receipt && done.at === movedAt ? done : undefined,
    choose(next) {
      if (!open(next) || busy) return;
      setFault(undefined);
      setDone(undefined);
      keep({ choice: next, written: kept?.written ?? {}, sent: kept?.sent ?? {} });
    },
    write(next) {
      if (choice === undefined) return;
      keep({
        choice,
        written: { ...kept?.written, [choice]: next },
        sent: kept?.sent ?? {},
      });
    },
    async send() {
      if (merged === undefined || choice === undefined || decision === undefined || busy) return;
      setBusy(true);
      setFault(undefined);
      let sent = kept?.sent ?? {};
      const written = { ...kept?.written, [choice]: decision };
      let at = movedAt ?? '';
      for (const part of partsOf(choice, merged, decision.materials)) {
        const { caseNumber, state } = part.detail.row;
        const before = sent[caseNumber];
        const own: Decision = {
          ...decision,
          action: part.action,
          materials: part.materials,
          seen: state,
          ...(before === undefined ? {} : { sent: before }),
        };
        const { request, key, decision: named } = sendable(own, random);
        if (named.sent !== undefined) sent = { ...sent, [caseNumber]: named.sent };
        keep({ choice, written, sent });
        const answer = await client.act(caseNumber, request, key);
        if (answer.ok) {
          if (answer.value.row.updatedAt > at) at = answer.value.row.updatedAt;
          continue;
        }
        onFault(answer.error);
        if (answer.error.reason !== 'signed-out') setFault({ receipt, fault: answer.error });
        await onSent();
        setBusy(false);
        return;
      }
      await onSent();
      setDrafts(({ [receipt]: _, ...others }) => others);
      setDone({ receipt, choice, at });
      setBusy(false);
    },
  };
}

/** What is most likely meant stands chosen; a supplement or a refusal never does. */
function firstOf(cards: ReturnType<typeof choiceCards>): Choice | undefined {
  return cards.find(
    ({ choice, closed }) =>
      closed === undefined && choice !== 'request-supplement' && choice !== 'refuse',
  )?.choice;
}

function begin(choice: Choice, merged: Merged): Decision {
  const names = choice === 'accept-with-gap' || choice === 'request-supplement';
  return {
    action: choice,
    reasons: [],
    materials: names ? lacking(merged.cases) : [],
    text: '',
    seen: merged.cases[0].row.state,
  };
}
