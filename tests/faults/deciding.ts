import { randomUUID } from 'node:crypto';
import { type Staff, signIn } from '@tongban/routing-api/testing';
import type { Ledger } from './ledger.ts';

/** Somebody at a counter who decides over a bad line: what gets no answer is tried again under the same key. */
export interface Deciding {
  /** Decides on one case that waits, if there is one. */
  decide(): Promise<void>;
  /** What was asked and not answered is asked once more. */
  askAgain(): Promise<void>;
}

/** The account whose acts the rounds count. */
export const decider = 'window3';

type Row = Awaited<ReturnType<Staff['list']>>[number];
type Request = Parameters<Staff['act']>[2];

interface Asked {
  readonly caseNumber: string;
  readonly key: string;
  readonly action: Parameters<Staff['act']>[1];
  readonly request: Request;
}

/** One step of a case at a time: the fault first, then who it is, then the decision. */
function nextFor({ caseNumber, state, correction }: Row): Asked | undefined {
  const one = { caseNumber, key: randomUUID() };
  if (correction !== undefined)
    return { ...one, action: 'resolve-correction', request: { seen: state, text: '已当面核对' } };
  switch (state) {
    case 'awaiting-confirmation':
      return {
        ...one,
        action: 'confirm-identity',
        request: { seen: state, shown: 'resident-card' },
      };
    case 'received':
      return { ...one, action: 'refuse', request: { seen: state, reasons: ['out-of-scope'] } };
    default:
      return undefined;
  }
}

export function makeDeciding(origin: string, ledger: Ledger): Deciding {
  let staff: Staff | undefined;
  const open: Asked[] = [];

  /** `undefined`: the line or the centre gave out. */
  async function tried<T>(work: (signedIn: Staff) => Promise<T>): Promise<T | undefined> {
    try {
      staff ??= await signIn(origin, decider);
      return await work(staff);
    } catch (error) {
      // A database that was put back does not know the session: it is begun anew. A line that gave out takes none away.
      if (!(error instanceof TypeError)) staff = undefined;
      return undefined;
    }
  }

  async function ask(one: Asked): Promise<void> {
    const { restores } = ledger;
    const answer = await tried((signedIn) =>
      signedIn.act(one.caseNumber, one.action, one.request, one.key),
    );
    if (answer === undefined) return;
    if (answer.status >= 500 || answer.status === 401) {
      staff = undefined;
      return;
    }
    open.splice(open.indexOf(one), 1);
    // Refused is an answer too: the database was put back, and the case is another one now.
    if (answer.status === 200) ledger.decided.set(one.key, { ...one, restores });
  }

  return {
    async decide() {
      const rows = await tried((signedIn) => signedIn.list());
      const free = rows?.filter((row) => open.every((one) => one.caseNumber !== row.caseNumber));
      const one = free?.map(nextFor).find((next) => next !== undefined);
      if (one === undefined) return;
      open.push(one);
      await ask(one);
    },
    async askAgain() {
      for (const one of [...open]) await ask(one);
    },
  };
}
