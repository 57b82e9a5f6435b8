import type { OutboxEntry } from '@tongban/core';
import type { Entry } from '../outbox/entry.ts';
import { browserChannels, browserLocks } from './browser.ts';
import { simulatedCentre } from './centre.ts';
import type { CentreMemory } from './centreMemory.ts';
import { handClock, seededRandom } from './hands.ts';
import { memoryDisk } from './memory.ts';
import { madeUpEnvelope, openTab, type Tab } from './tab.ts';
import { handTransport, settle } from './transport.ts';

type MadeUp = ReturnType<typeof madeUpEnvelope>;

const hour = 3_600_000;
const day = 24 * hour;
/** A backup older than entries are kept is no promise of ours. An hour or two is the clocks' to lose. */
const promised = 29 * day;

/**
 * One bout of bad days, the same for the same seed: a browser with up to three tabs, a line that loses, doubles and
 * lies, a centre that refuses, breaks down and is restored, a disk that fills, a clock that jumps, tabs that die at any
 * access. Then everything is made whole, and what must hold is checked.
 */
export async function bout(seed: number, length: number): Promise<string[]> {
  const random = seededRandom(seed);
  const clock = handClock();
  const centreClock = handClock();
  const centre = simulatedCentre(() => centreClock.now());
  const { fetch, pending } = handTransport(centre);
  const disk = memoryDisk<Entry>();
  const locks = browserLocks();
  const channels = browserChannels();
  const made: MadeUp[] = [];
  const acknowledged = new Set<string>();
  const damaged = new Set<string>();
  const refused = new Set<string>();
  const log: string[] = [];
  let tabs: Tab[] = [];
  let opened = 0;
  let backup: { memory: CentreMemory; at: number } = { memory: centre.backup(), at: centreNow() };

  function centreNow(): number {
    return centreClock.now().getTime();
  }

  async function openOne(): Promise<void> {
    opened += 1;
    tabs.push(
      await openTab({
        name: `tab-${opened}`,
        disk,
        locks,
        channels,
        fetch,
        clock,
        random,
        // Small enough that most files need several.
        parts: { smallest: 16, largest: 32 },
      }),
    );
  }

  function anyTab(): Tab | undefined {
    const living = tabs.filter((tab) => !tab.dead);
    return living[random.below(Math.max(1, living.length))];
  }

  function put(tab: Tab, one: MadeUp): void {
    void tab.desk.port.put(one.envelope, one.receiptNumber, one.files).then((result) => {
      if (result.ok) acknowledged.add(one.envelope.submissionId);
    });
  }

  function anyPending() {
    return pending[random.below(Math.max(1, pending.length))];
  }

  const commands: readonly (readonly [number, string, () => void | Promise<void>])[] = [
    [
      12,
      'put',
      () => {
        const tab = anyTab();
        if (tab === undefined) return;
        const one = madeUpEnvelope(random, random.below(4));
        made.push(one);
        put(tab, one);
      },
    ],
    [
      3,
      'put again',
      () => {
        const tab = anyTab();
        const one = made[random.below(Math.max(1, made.length))];
        if (tab !== undefined && one !== undefined) put(tab, one);
      },
    ],
    [40, 'deliver', () => anyPending()?.deliver()],
    [6, 'cut', () => anyPending()?.cut()],
    [6, 'lose answer', () => anyPending()?.loseAnswer()],
    [5, 'double', () => anyPending()?.double()],
    [3, 'captive portal', () => anyPending()?.answerWith(new Response('<html>Log in</html>'))],
    [3, 'gateway', () => anyPending()?.answerWith(new Response('bad gateway', { status: 502 }))],
    [
      2,
      'lie',
      () => {
        const one = made[random.below(Math.max(1, made.length))];
        if (one === undefined) return;
        const { submissionId } = one.envelope;
        anyPending()?.answerWith(
          Response.json({ epoch: 'epoch-1', verdicts: [{ submissionId, verdict: 'received' }] }),
        );
      },
    ],
    [
      10,
      'time passes',
      () => {
        for (const tab of tabs) if (!tab.dead) tab.timer.pass(random.below(90_000));
      },
    ],
    [5, 'kill at an access', () => anyTab()?.dieAt(1 + random.below(12))],
    [3, 'kill', () => anyTab()?.kill()],
    [
      6,
      'open',
      async () => {
        if (tabs.filter((tab) => !tab.dead).length < 3) await openOne();
      },
    ],
    [4, 'look at', () => anyTab()?.seat.lookedAt()],
    [3, 'clock', () => clock.add((random.below(3) - 1) * hour)],
    [
      3,
      'refuse one',
      () => {
        const one = made[random.below(Math.max(1, made.length))];
        const reasons = [
          'cannot-decrypt',
          'bad-signature',
          'server-fault',
          'malformed-request',
        ] as const;
        if (one !== undefined) {
          refused.add(one.envelope.submissionId);
          centre.refusals.set(
            one.envelope.submissionId,
            reasons[random.below(4)] ?? 'cannot-decrypt',
          );
        }
      },
    ],
    [
      2,
      'disk fills',
      () => {
        disk.refuses = 'quota-exceeded';
      },
    ],
    [
      4,
      'disk has room',
      () => {
        disk.refuses = undefined;
      },
    ],
    [
      1,
      'file decays',
      () => {
        const shelved = [...disk.shelf.values()].find(({ files }) => files.size > 0);
        const [address] = shelved?.files.keys() ?? [];
        if (shelved === undefined || address === undefined) return;
        shelved.files.set(address, new Uint8Array([0]));
        damaged.add(shelved.shelved.envelope.submissionId);
      },
    ],
    [
      2,
      'rows are lost',
      () => {
        for (const tab of tabs) tab.kill();
        disk.rows.clear();
      },
    ],
    [
      2,
      'backup',
      () => {
        backup = { memory: centre.backup(), at: centreNow() };
      },
    ],
    [
      2,
      'restore',
      () => {
        if (centreNow() - backup.at < promised) centre.restore(backup.memory);
      },
    ],
    [2, 'weeks pass', () => centreClock.add(random.below(20) * day)],
    [2, 'probe', () => void anyTab()?.line.probe()],
  ];
  const weights = commands.reduce((sum, [weight]) => sum + weight, 0);

  await openOne();
  for (let step = 0; step < length; step++) {
    const [, name, run] = pick(random.below(weights));
    log.push(name);
    await run();
    await settle(2 + random.below(6));
  }

  const shownAtEnd = await heal();
  return check(shownAtEnd);

  /** The command whose share of the weights the ticket falls into. */
  function pick(ticket: number): (typeof commands)[number] {
    let passed = 0;
    for (const command of commands) {
      passed += command[0];
      if (ticket < passed) return command;
    }
    throw new Error('A ticket beyond the weights');
  }

  /**
   * The line is whole, the centre sound, the disk has room. For half of the seeds every tab is closed and one opened;
   * for the others those that live go on, so that nothing waits for a restart.
   */
  async function heal(): Promise<readonly OutboxEntry[]> {
    disk.refuses = undefined;
    const living = tabs.filter((tab) => !tab.dead);
    for (const tab of living) tab.dieAt(Number.POSITIVE_INFINITY);
    if (seed % 2 === 0 || living.length === 0) await restart();
    for (const [id, refusal] of centre.refusals) {
      if (refusal === 'server-fault') centre.refusals.delete(id);
    }
    const open = tabs.filter((tab) => !tab.dead);
    for (let round = 0; round < 200; round++) {
      await settle(6);
      if (pending.length === 0) {
        if (
          round > 20 &&
          disk.rows.size === disk.shelf.size &&
          [...disk.rows.values()].every(atRest)
        )
          break;
        for (const tab of open) tab.timer.pass(6 * 60_000);
      }
      for (const request of [...pending]) request.deliver();
    }
    const shownAtEnd = (await open[0]?.desk.port.list()) ?? [];
    for (const tab of open) await tab.close();
    return shownAtEnd;
  }

  async function restart(): Promise<void> {
    for (const tab of tabs) tab.kill();
    pending.length = 0;
    tabs = [];
    await openOne();
  }

  function atRest({ state }: Entry): boolean {
    return state.at === 'set-aside' || (state.at === 'received' && state.epoch === centre.epoch);
  }

  function check(entries: readonly OutboxEntry[]): string[] {
    const faults: string[] = [];
    const byId = new Map(entries.map((entry) => [entry.submissionId, entry]));
    for (const id of acknowledged) {
      const entry = byId.get(id);
      const there = centre.memory.custody.has(id);
      if (entry === undefined) {
        // Kept for long enough, and so in every backup that counts.
        if (!there) faults.push(`${id} was acknowledged and is nowhere`);
      } else if (entry.state.at === 'received' && !there)
        faults.push(`${id} is shown as received and is not there`);
      else if (entry.state.at !== 'received' && entry.state.at !== 'set-aside') {
        faults.push(`${id} is neither there nor set aside, but ${entry.state.at}`);
      } else if (entry.state.at === 'set-aside' && !refused.has(id) && !damaged.has(id)) {
        faults.push(`${id} was set aside (${entry.state.reason}) without a cause`);
      }
    }
    for (const [id, { envelope }] of centre.memory.custody) {
      const original = made.find((one) => one.envelope.submissionId === id);
      if (JSON.stringify(original?.envelope) !== JSON.stringify(envelope))
        faults.push(`${id} arrived altered`);
      for (const address of envelope.files) {
        if (!centre.memory.files.has(address)) faults.push(`${id} arrived without ${address}`);
      }
    }
    if (new Set(centre.accepted).size !== centre.accepted.length)
      faults.push('custody was taken twice');
    return faults.length === 0 ? [] : [...faults, `seed ${seed}: ${log.join(', ')}`];
  }
}
