import type { CentreOptions } from '../centre/request.ts';
import type { Entry } from '../outbox/entry.ts';
import { browserChannels, browserLocks } from './browser.ts';
import { simulatedCentre } from './centre.ts';
import { handClock, seededRandom } from './hands.ts';
import { memoryDisk } from './memory.ts';
import { madeUpEnvelope, openTab, type Tab } from './tab.ts';
import { handTransport, type Pending, settle } from './transport.ts';

/** A browser before a centre, everything moved by hand. */
export function scene(seed = 1, parts?: CentreOptions['parts']) {
  const random = seededRandom(seed);
  const clock = handClock();
  const centreClock = handClock();
  const centre = simulatedCentre(() => centreClock.now());
  const transport = handTransport(centre);
  const disk = memoryDisk<Entry>();
  const locks = browserLocks();
  const channels = browserChannels();
  let opened = 0;

  const stage = {
    random,
    clock,
    centreClock,
    centre,
    disk,
    locks,
    pending: transport.pending,
    envelope: (files = 0) => madeUpEnvelope(random, files),
    async tab(): Promise<Tab> {
      opened += 1;
      const tab = await openTab({
        name: `tab-${opened}`,
        disk,
        locks,
        channels,
        fetch: transport.fetch,
        clock,
        random,
        ...(parts !== undefined && { parts }),
      });
      await settle();
      return tab;
    },
    /** Requests under way to a path that contains `part`. */
    under(part: string): readonly Pending[] {
      return transport.pending.filter(({ seen }) => seen.path.includes(part));
    },
    async probe(tab: Tab): Promise<void> {
      void tab.line.probe();
      await stage.flow();
    },
    /** Delivers everything, and what follows from it, until nothing is under way. */
    async flow(): Promise<void> {
      await settle();
      while (transport.pending.length > 0) {
        for (const request of [...transport.pending]) request.deliver();
        await settle();
      }
    },
  };
  return stage;
}

export async function put(tab: Tab, one: ReturnType<typeof madeUpEnvelope>) {
  return tab.desk.port.put(one.envelope, one.receiptNumber, one.files);
}

/** What the outbox shows, by submission id. */
export async function states(tab: Tab): Promise<Record<string, unknown>> {
  const entries = await tab.desk.port.list();
  return Object.fromEntries(entries.map(({ submissionId, state }) => [submissionId, state]));
}
