import type { Chance } from './chance.ts';
import type { Client } from './client.ts';
import { makeDeciding } from './deciding.ts';
import type { Ledger } from './ledger.ts';
import type { Fate } from './line.ts';
import type { Made, Said } from './page.ts';
import { releases } from './release.ts';
import type { World } from './world.ts';

/** Made-up people; the region is not assigned. Searched for in the profiles afterwards. */
export const people = [
  { name: '欧阳晚晴', residentId: '320199198804233175', address: '书院街 112 号 3 幢 1204 室' },
  { name: '司徒望舒', residentId: '320199197509145528', address: '望江路 31 号 2 单元 501 室' },
] as const;

/** What the phone's draft says after so many edits. */
export const editOf = (number: number) => `桂子路 ${number} 号 5 单元 903 室`;

const day = 86_400_000;

/**
 * The commands of a round, drawn from `chance`, and what `ledger` keeps of them. Whether an app comes back in another
 * release is drawn from `updates`, so that a seed from before there were any still draws the same commands. Those named
 * in `often` come ten times as often, for whoever wants to see more of one kind of trouble.
 */
export function makeHands(
  world: World,
  chance: Chance,
  updates: Chance,
  ledger: Ledger,
  often: readonly string[],
) {
  const { centre, database, clients } = world;
  const deciding = makeDeciding(world.staffLine.origin, ledger);
  /** Calls into pages that have not answered yet; a killed browser never answers. */
  const asked = new Set<Promise<unknown>>();
  /** A centre or a database on its way back. */
  let returning: Promise<void> = Promise.resolve();
  /** What waits for the n-th moment on the wire. */
  let moments: { left: number; readonly act: () => void } | undefined;

  const moment = () => {
    if (moments === undefined) return;
    moments.left -= 1;
    if (moments.left > 0) return;
    const { act } = moments;
    moments = undefined;
    act();
  };

  async function begin(client: Client): Promise<void> {
    client.line.moment = moment;
    await client.openTab();
    const page = client.tab();
    await page?.waitForFunction(() => window.faults.ready());
    await page?.evaluate(() => window.faults.visit());
  }

  /** Another tab, perhaps of another release than the one that is open beside it, or was before. */
  async function open(client: Client): Promise<void> {
    const before = client.release;
    client.release = updates.one(releases);
    if (client.release !== before) {
      ledger.updates += 1;
      ledger.log.push(`${client.release} release (${client.app})`);
    }
    await client.openTab();
  }

  function track<T>(call: Promise<T>, then: (value: T) => void): void {
    const answered = call.then(then, () => {
      // The browser was killed, or its tab was closed, before it could answer: nothing was promised.
      ledger.unanswered += 1;
    });
    asked.add(answered);
    void answered.finally(() => asked.delete(answered));
  }

  function note(client: Client, made: Made, excused: boolean): void {
    if (made.put !== 'saved') {
      ledger.refused += 1;
      return;
    }
    if (excused) ledger.excused.add(made.submissionId);
    ledger.saved.set(made.submissionId, { made, client: clients.indexOf(client) });
  }

  function said(): Said {
    return {
      ...chance.one(people),
      files: Array.from(
        {
          length: chance.weighted([
            [5, 0],
            [4, 1],
            [2, 2],
          ]),
        },
        () =>
          chance.weighted([
            [4, 200],
            [4, 3_000],
            [3, 40_000],
            [1, 300_000],
          ]),
      ),
    };
  }

  function submit(client: Client): void {
    const page = client.tab();
    if (page === undefined) return;
    for (let left = 1 + chance.below(7); left > 0; left -= 1) {
      const one = said();
      track(
        page.evaluate((said) => window.faults.submit(said), one),
        (made) => note(client, made, false),
      );
    }
  }

  function edit(client: Client): void {
    const page = client.tab();
    const number = (ledger.edits.get(clients.indexOf(client)) ?? 0) + 1;
    if (page === undefined || client.app !== 'phone') return;
    track(
      page.evaluate((text) => window.faults.edit(text), editOf(number)),
      (answer) => {
        if (answer !== 'saved') ledger.refused += 1;
        else ledger.edits.set(clients.indexOf(client), number);
      },
    );
  }

  /** The centre or its database goes at some moment on the wire, and comes back; one at a time. */
  async function strike(who: 'api' | 'database', how: () => Promise<void>): Promise<void> {
    strikeNow();
    await returning;
    const back = Promise.withResolvers<void>();
    returning = back.promise;
    const act = () => {
      how().then(
        () => {
          ledger.kills[who] += 1;
          back.resolve();
        },
        (error: unknown) => back.reject(error),
      );
    };
    moments = { left: 1 + chance.below(40), act };
    // Where nothing goes over the wire any more, it is struck all the same.
    strikeNow = () => {
      if (moments?.act !== act) return;
      moments = undefined;
      act();
    };
  }
  let strikeNow: () => void = () => undefined;

  const fates: readonly (readonly [number, () => Fate])[] = [
    [6, () => ({ kind: 'lose', after: chance.below(3) === 0 ? chance.below(400) : 0 })],
    [5, () => ({ kind: 'cut', after: chance.below(chance.one([50, 2_000, 60_000])) })],
    [4, () => ({ kind: 'double' })],
    [4, () => ({ kind: 'hold' })],
    [2, () => ({ kind: 'slow', bytesPerTick: 40 + chance.below(400) })],
    [2, () => ({ kind: 'portal' })],
    [2, () => ({ kind: 'gateway' })],
  ];

  world.staffLine.moment = moment;
  world.staffLine.fate = () =>
    chance.below(100) < 30 ? chance.weighted(fates)() : { kind: 'pass' };

  const commands: readonly (readonly [number, readonly [string, (client: Client) => unknown]])[] = [
    [45, ['submit', submit]],
    [10, ['edit', edit]],
    [
      10,
      [
        'bad line',
        (client) => {
          const share = 10 + chance.below(50);
          client.line.fate = () =>
            chance.below(100) < share ? chance.weighted(fates)() : { kind: 'pass' };
        },
      ],
    ],
    [
      6,
      [
        'good line',
        (client) => {
          client.line.fate = () => ({ kind: 'pass' });
        },
      ],
    ],
    [4, ['line dropped', (client) => client.line.drop()]],
    [
      5,
      [
        'kill the browser',
        async (client) => {
          if (client.tabs === 0) return;
          await client.kill();
          ledger.kills.chromium += 1;
          await reopen(client);
        },
      ],
    ],
    [
      6,
      [
        'kill the centre',
        () =>
          strike('api', async () => {
            await centre.kill();
            await centre.start();
          }),
      ],
    ],
    [16, ['staff decide', () => track(deciding.decide(), () => undefined)]],
    [4, ['staff ask again', () => track(deciding.askAgain(), () => undefined)]],
    [6, ['kill the database', () => strike('database', () => database.kill())]],
    [1, ['back up', () => strike('database', () => database.backUp())]],
    [
      2,
      [
        'restore',
        () =>
          strike('api', async () => {
            // With the centre running or not: it must notice either way.
            const running = chance.below(2) === 0;
            if (!running) await centre.kill();
            if (await database.restore()) ledger.restores += 1;
            if (!running) await centre.start();
          }),
      ],
    ],
    [
      3,
      [
        'second tab',
        async (client) => {
          if (client.tabs === 1) await open(client);
          else if (client.tabs === 2) await client.closeTab();
        },
      ],
    ],
    [
      3,
      [
        'poison',
        (client) => {
          const page = client.tab();
          if (page === undefined) return;
          track(
            page.evaluate(() => window.faults.poison()),
            (made) => note(client, made, true),
          );
        },
      ],
    ],
    [
      2,
      [
        'file decays',
        async (client) => {
          const page = client.tab();
          if (page === undefined) return;
          track(
            page.evaluate(() => window.faults.decay()),
            (whose) => {
              if (whose !== undefined) ledger.excused.add(whose);
            },
          );
        },
      ],
    ],
    [
      3,
      [
        'clock',
        async (client) => {
          const by = chance.one([-day, day, 0]);
          const page = client.tab();
          if (page !== undefined)
            track(
              page.evaluate((offset) => window.faults.clock(offset), by),
              () => undefined,
            );
        },
      ],
    ],
    [2, ['disk full', (client) => client.quota(100_000)]],
    [4, ['disk has room', (client) => client.quota(undefined)]],
    [
      2,
      [
        'next person',
        (client) => {
          const page = client.tab();
          if (page === undefined || client.app === 'phone') return;
          track(
            page.evaluate(async () => {
              await window.faults.endVisit();
              return window.faults.visit();
            }),
            () => undefined,
          );
        },
      ],
    ],
    [
      2,
      [
        'app is started anew',
        async (client) => {
          if (client.tabs === 0) return;
          await client.close();
          await reopen(client);
        },
      ],
    ],
  ];

  const weighted = commands.map(
    ([weight, command]) => [often.includes(command[0]) ? weight * 10 : weight, command] as const,
  );
  for (const name of often)
    if (!commands.some(([, [known]]) => known === name)) throw new Error(`There is no ${name}.`);

  async function reopen(client: Client): Promise<void> {
    await open(client);
    const page = client.tab();
    if (page !== undefined)
      track(
        page.evaluate(() => window.faults.visit()),
        () => undefined,
      );
  }

  return {
    begin,
    async step() {
      const client = chance.one(clients);
      const [name, command] = chance.weighted(weighted);
      ledger.log.push(`${name} (${client.app})`);
      await command(client);
    },
    /** What was struck is back, what was asked is answered. */
    async settle() {
      strikeNow();
      await returning;
      for (const line of [world.staffLine, ...clients.map((client) => client.line)]) {
        line.fate = () => ({ kind: 'pass' });
        line.drop();
      }
      for (const client of clients) await client.quota(undefined);
      await Promise.all(asked);
      await deciding.askAgain();
    },
  };
}
