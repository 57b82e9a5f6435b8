import { createHash } from 'node:crypto';
import type { RunningCentre } from '../testing/centre.ts';
import { formsOf } from '../testing/traces.ts';

/** A hash of each table's rows, by its name: what a refusal may not change. */
export async function digestOf({ centre }: RunningCentre): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = await centre.database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const found = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await centre.database.query<{ row: string }>(
      `select t::text as row from ${name} t order by 1`,
    );
    const hash = createHash('sha256');
    for (const { row } of rows) hash.update(`${row}\n`);
    found.set(name, hash.digest('hex'));
  }
  return found;
}

export function changedTables(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
}

/** What a request got, and what was said of it. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly code: string | undefined;
  /** Whether the answer is a whole problem document (RFC 9457) with nothing of the inside in it. */
  readonly whole: boolean;
  /** Whether a line of the log has its status under its correlation id. */
  readonly logged: boolean;
  /** Planted values that the log or the answer repeated. */
  readonly leaked: readonly string[];
}

/** What an attack got, and what it left behind. */
export interface Outcome extends Answered {
  readonly changed: readonly string[];
}

/** What a refused request may count: tries, and proofs that are spent. */
export const counted: readonly string[] = ['attempts', 'proofs'];

/** Sends one hostile request and looks at everything it could have moved. */
export async function attack(
  centre: RunningCentre,
  planted: readonly string[],
  send: () => Promise<Response>,
): Promise<Outcome> {
  const before = await digestOf(centre);
  const { text: _, ...answered } = await answerTo(centre, planted, send);
  const changed = changedTables(before, await digestOf(centre));
  return { ...answered, changed: changed.filter((one) => !counted.includes(one)) };
}

/** Sends a request and reads what it got, and what the log says of it. */
export async function answerTo(
  centre: RunningCentre,
  planted: readonly string[],
  send: () => Promise<Response>,
): Promise<Answered & { readonly text: string }> {
  const from = centre.logged.length;
  const answer = await send();
  const text = await answer.text();
  const correlation = answer.headers.get('x-correlation-id') ?? 'none';
  const document = parsed(text);
  // The line is written after the answer has gone.
  await new Promise((resolve) => setImmediate(resolve));
  const lines = centre.logged.slice(from).join('\n');
  const said = `${lines}\n${text}`;
  return {
    text,
    status: answer.status,
    type: answer.headers.get('content-type')?.split(';')[0] ?? '',
    code: document?.code,
    whole:
      document !== undefined &&
      document.status === answer.status &&
      typeof document.title === 'string' &&
      !/\bat .*\.ts|node_modules|select |insert /i.test(text),
    logged: lines
      .split('\n')
      .some((line) => line.includes(correlation) && line.includes(`"status":${answer.status}`)),
    leaked: planted.filter((value) => formsOf(value).some((form) => said.includes(form))),
  };
}

function parsed(text: string): { code?: string; status?: number; title?: string } | undefined {
  try {
    // Some answers say `null`.
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
