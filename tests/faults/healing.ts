import { verifyAudit } from '@tongban/routing-api';
import type { Page } from 'playwright-core';
import type { Client } from './client.ts';
import { decider } from './deciding.ts';
import type { Ledger } from './ledger.ts';
import type { World } from './world.ts';

/** What a round found once everything was whole again. */
export interface Findings {
  readonly arrived: number;
  readonly setAside: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly stuck: number;
  /** In words; empty when everything holds. */
  readonly faults: readonly string[];
}

interface Shown {
  readonly id: string;
  readonly at: string;
  readonly reason?: string;
}

/** So long everything may take to come to rest on a machine that does other things too, in ms. */
const patience = 180_000;

interface Checking {
  /** Values that must not lie on any disk in the clear. */
  readonly planted: readonly string[];
  readonly editOf: (number: number) => string;
  /** Does harm once all is at rest, to see that it is found. */
  readonly sabotage?: ((world: World) => Promise<void>) | undefined;
}

export async function healAndCheck(
  world: World,
  ledger: Ledger,
  { planted, editOf, sabotage }: Checking,
): Promise<Findings> {
  const faults: string[] = [];
  const outboxes: Shown[][] = [];
  for (const client of world.clients) {
    await client.close();
    // The newest release reads what every other one wrote.
    client.release = 'later';
    await client.openTab();
  }
  for (const client of world.clients) outboxes.push(await atRest(pageOf(client), world));
  await judged(world);
  await sabotage?.(world);

  const there = await envelopes(world);
  const counts = { arrived: 0, setAside: 0, lost: 0, stuck: 0 };
  for (const [id, { made, client }] of ledger.saved) {
    const entry = outboxes[client]?.find((one) => one.id === id);
    const kept = there.get(id);
    if (kept !== undefined) counts.arrived += 1;
    if (entry === undefined) {
      counts.lost += 1;
      faults.push(`${id} was acknowledged and is not in the outbox`);
    } else if (entry.at === 'received') {
      if (kept === undefined) {
        counts.lost += 1;
        faults.push(`${id} is shown as received and is not there`);
      } else if (kept !== made.manifestHash) faults.push(`${id} is there with another hash`);
    } else if (entry.at === 'set-aside') {
      counts.setAside += 1;
      if (!ledger.excused.has(id))
        faults.push(`${id} was set aside (${entry.reason}) without a cause`);
    } else {
      counts.stuck += 1;
      faults.push(`${id} is still ${entry.at}`);
    }
  }
  const doubles = await duplicates(world);
  faults.push(...doubles, ...(await sequences(world)), ...(await disagreements(world, ledger)));
  faults.push(...(await decisionsKept(world, ledger)));
  faults.push(...(await editsKept(world, ledger, editOf)), ...(await chain(world)));
  for (const client of world.clients) {
    await client.close();
    faults.push(...(await client.traces(planted)));
  }
  return { ...counts, duplicated: doubles.length, faults };
}

function pageOf(client: Client): Page {
  const page = client.tab();
  if (page === undefined) throw new Error('The browser is away.');
  return page;
}

/**
 * The outbox once nothing in it moves any more, or as it is when patience ends. What is shown as received and is not
 * there may still be offered again: a device that was just opened has not heard yet that the centre was restored.
 */
async function atRest(page: Page, world: World): Promise<Shown[]> {
  const shown = () => page.evaluate(async () => [...(await window.faults.outbox())]);
  const rest = async () => {
    const entries = await shown();
    const there = await envelopes(world);
    const still = entries.every(
      ({ id, at }) => at === 'set-aside' || (at === 'received' && there.has(id)),
    );
    return still ? entries : undefined;
  };
  return (await until(rest)) ?? shown();
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function judged({ database }: World): Promise<void> {
  await until(async () => {
    const [row] = await database.query<{ open: number }>(
      'select count(*)::int as open from envelopes where judged_at is null',
    );
    return row?.open === 0 ? true : undefined;
  });
}

/** Manifest hash of each envelope in custody, by submission id. */
async function envelopes({ database }: World): Promise<Map<string, string>> {
  const rows = await database.query<{ submission_id: string; manifest_hash: string }>(
    'select submission_id, manifest_hash from envelopes',
  );
  return new Map(rows.map((row) => [row.submission_id, row.manifest_hash]));
}

/** Envelopes that were taken in, or became a case, more than once in this life of the database. */
async function duplicates({ database }: World): Promise<string[]> {
  const rows = await database.query<{ what: string; id: string; times: number }>(
    `select 'custody' as what, subject as id, count(*)::int as times from audit
       where event = 'envelope.received' group by subject having count(*) > 1
     union all
     select 'case', submission_id, count(*)::int from cases group by submission_id having count(*) > 1
     union all
     select 'receipt', submission_id, count(*)::int from receipts group by submission_id having count(*) > 1`,
  );
  return rows.map(({ what, id, times }) => `${id}: ${what} ${times} times`);
}

/** Counters and rows of the scopes belong together: the newest row carries the counter's number, none a higher one. */
async function sequences({ database }: World): Promise<string[]> {
  const rows = await database.query<{ scope: string; counter: number; newest: number | null }>(
    `select s.scope, s.seq::int as counter, max(c.seq)::int as newest
       from scopes s left join changes c using (scope) group by s.scope, s.seq`,
  );
  return rows
    .filter(({ counter, newest }) => newest !== counter)
    .map(({ scope, counter, newest }) => `${scope} counts ${counter}, its newest row is ${newest}`);
}

/** Terminals know of every case of theirs what the centre says. */
async function disagreements(world: World, ledger: Ledger): Promise<string[]> {
  const rows = await world.database.query<{ receipt_number: string; status: unknown }>(
    'select receipt_number, status from cases',
  );
  const said = new Map(rows.map((row) => [row.receipt_number, canonical([row.status])]));
  const wrong: string[] = [];
  for (const [index, client] of world.clients.entries()) {
    const own = [...ledger.saved.values()]
      .filter((one) => one.client === index && said.has(one.made.receiptNumber))
      .map(({ made }) => made.receiptNumber);
    const page = pageOf(client);
    const differing = async () => {
      const known = await page.evaluate(async (numbers) => {
        const found: [string, unknown][] = [];
        for (const number of numbers) found.push([number, await window.faults.lastKnown(number)]);
        return found;
      }, own);
      return known.filter(([number, cases]) => canonical(cases) !== said.get(number));
    };
    await until(async () => ((await differing()).length === 0 ? true : undefined));
    for (const [number] of await differing())
      wrong.push(`${client.app} knows something else of ${number} than the centre`);
  }
  return wrong;
}

/** The same text for the same content, in whatever order a database gives it. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/**
 * What staff were told is done stands there, unless the database was put back to a copy from before; nothing was done
 * twice, and the log says of each act who did it.
 */
async function decisionsKept(
  { database }: World,
  { decided, restores }: Ledger,
): Promise<string[]> {
  const rows = await database.query<{ key: string; case_number: string }>(
    'select key, case_number from done_actions where actor = $1',
    [decider],
  );
  const done = new Map(rows.map((row) => [row.key, row.case_number]));
  const logged = await database.query<{ action: string; case_number: string; times: number }>(
    `select substr(event, 6) as action, subject as case_number, count(*)::int as times from audit
       where event in ('case.resolve-correction', 'case.confirm-identity', 'case.refuse') and actor = $1
       group by event, subject`,
    [decider],
  );
  const wrong = logged
    .filter(({ times }) => times > 1)
    .map((one) => `${one.case_number}: ${one.action} ${one.times} times`);
  if (logged.length !== done.size)
    wrong.push(`${done.size} acts are done, the log knows of ${logged.length}`);
  for (const [key, act] of decided) {
    if (act.restores === restores && done.get(key) !== act.caseNumber)
      wrong.push(`${act.caseNumber}: ${act.action} was acknowledged and is not there`);
  }
  return wrong;
}

/** A phone finds the newest edit that was acknowledged, or a later one. */
async function editsKept(
  { clients }: World,
  ledger: Ledger,
  editOf: (number: number) => string,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [index, number] of ledger.edits) {
    const client = clients[index];
    if (client === undefined || client.app !== 'phone') continue;
    const found = await pageOf(client).evaluate(() => window.faults.edited());
    const kept = [...Array(50).keys()].map((more) => editOf(number + more));
    if (!found.some((said) => kept.includes(said)))
      wrong.push(`edit ${number} was acknowledged, the drafts say ${found.join(' and ')}`);
  }
  return wrong;
}

async function chain({ database }: World): Promise<string[]> {
  const verdict = await verifyAudit({ databaseUrl: database.url });
  return verdict.holds ? [] : [`the log does not hold at ${verdict.seq}: ${verdict.why}`];
}
