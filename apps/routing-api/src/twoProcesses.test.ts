import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { channels, makeCaseNumber, systemClock, systemRandom, uuid } from '@tongban/core';
import { sampleApplication } from '@tongban/core/testing';
import type { ChangesAnswer, StreamLine, SubmitAnswer } from '@tongban/sync/protocol';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyAudit } from './audit/verify.ts';
import { type EmbeddedServer, startEmbedded } from './database/embedded.ts';
import { type Device, makeDevice } from './testing/device.ts';
import { temporaryFolder } from './testing/folder.ts';

// A database and two processes of its own are started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let shared: Awaited<ReturnType<typeof temporaryFolder>>;
let server: EmbeddedServer;
let query: pg.Pool;
let one: Started;
let other: Started;

interface Started {
  readonly origin: string;
  readonly child: ChildProcess;
}

async function startProcess(): Promise<Started> {
  const path = fileURLToPath(new URL('./testing/processChild.ts', import.meta.url));
  const child = spawn(process.execPath, [path, shared.path, server.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { origin: line.toString().trim(), child };
}

async function kill({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

beforeAll(async () => {
  [folder, shared] = [await temporaryFolder(), await temporaryFolder()];
  server = await startEmbedded(folder.path);
  query = new pg.Pool({ connectionString: server.url });
  // Both for the first time, at the same moment, on an empty database and an empty folder.
  [one, other] = await Promise.all([startProcess(), startProcess()]);
});
afterAll(async () => {
  await Promise.all([kill(one), kill(other)]);
  await query.end();
  await server.stop();
  await folder.remove();
  await shared.remove();
});

/** A request of a device to any process: where one does not answer, the next is asked, with a proof of its own. */
async function ask(
  device: Device,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  for (let turn = 0; ; turn += 1) {
    const { origin } = turn % 2 === 0 ? one : other;
    try {
      return await fetch(`${origin}${path}`, {
        method,
        headers: {
          dpop: await device.proof(method, path),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      if (!(error instanceof TypeError) || turn > 20) throw error;
    }
  }
}

/** Offers until there is a verdict, as an outbox does: an answer that was cut off tells nothing. */
async function offer(device: Device, envelope: unknown) {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await ask(device, 'POST', '/api/v1/envelopes', { envelopes: [envelope] });
      if (answer.ok) return ((await answer.json()) as SubmitAnswer).verdicts[0];
    } catch (error) {
      if (!(error instanceof TypeError) || tries > 20) throw error;
    }
  }
}

/** Follows the status of the hall: the stream wakes, pulls fetch; a stream that ends is opened at whoever is there. */
function follow(device: Device) {
  const seen: number[] = [];
  let streams = 0;
  let since: ChangesAnswer['checkpoint'] | undefined;
  const stopped = new AbortController();

  async function pull(): Promise<void> {
    for (let complete = false; !complete; ) {
      const after = since === undefined ? '' : `?epoch=${since.epoch}&seq=${since.seq}`;
      const answer = await ask(device, 'GET', `/api/v1/changes/status${after}`);
      if (!answer.ok) return;
      const page = (await answer.json()) as ChangesAnswer;
      seen.push(...page.rows.map(({ seq }) => seq));
      ({ complete, checkpoint: since } = page);
    }
  }
  async function listen(): Promise<void> {
    const answer = await ask(device, 'GET', '/api/v1/stream');
    if (answer.body === null) return;
    streams += 1;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    stopped.signal.addEventListener('abort', () => reader.cancel().catch(() => undefined));
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = `${rest}${value}`.split('\n');
      rest = lines.pop() ?? '';
      const news = lines.map((line) => JSON.parse(line) as StreamLine);
      if (news.some((line) => line.kind === 'hello' || line.kind === 'changed')) await pull();
    }
  }
  const following = (async () => {
    while (!stopped.signal.aborted) {
      // A stream that breaks off is what happens when its process is killed.
      await listen().catch((error: unknown) => {
        if (!(error instanceof TypeError)) throw error;
      });
    }
  })();
  return {
    seen,
    upTo: () => since,
    streams: () => streams,
    stop: async () => {
      stopped.abort();
      await following;
    },
  };
}

test('[M3] [M12] two first starts at once share keys, epoch and authority', async () => {
  const enrolled = await Promise.all(
    [one, other].map(async ({ origin }) => {
      const device = await makeDevice(origin, systemClock);
      return device.enrol('kiosk', { hall: 'nanhu' });
    }),
  );
  const [first, second] = enrolled;
  expect(first!.centreKey).toEqual(second!.centreKey);
  expect(first!.issuingChain.at(-1)).toBe(second!.issuingChain.at(-1));
  expect((await query.query('select count(*)::int as n from centre')).rows).toEqual([{ n: 1 }]);
  expect(
    (await query.query(`select count(*)::int as n from audit where event = 'centre.restored'`))
      .rows,
  ).toEqual([{ n: 0 }]);
});

test('[M14] one of two killed under load: nothing is lost or doubled, terminals go on at the other, events stay in order', async () => {
  const devices = await Promise.all(
    Array.from({ length: 4 }, () => makeDevice(other.origin, systemClock)),
  );
  for (const device of devices) await device.enrol('kiosk', { hall: 'nanhu' });
  const follower = follow(devices[0]!);
  const envelopes = await Promise.all(
    Array.from({ length: 60 }, (_, index) => {
      const device = devices[index % devices.length]!;
      const number = makeCaseNumber('320199', channels.kiosk, systemClock.now(), systemRandom);
      return device.sealed({
        ...sampleApplication,
        submissionId: uuid(systemRandom),
        terminal: device.id,
        receiptNumber: number,
        cases: [{ item: sampleApplication.cases[0]!.item, caseNumber: number }],
        materials: [],
        papers: [],
      });
    }),
  );
  const queue = envelopes.values();
  let received = 0;
  let killed: Promise<void> | undefined;
  await Promise.all(
    devices.flatMap((device) =>
      [1, 2].map(async () => {
        for (const envelope of queue) {
          expect(await offer(device, envelope)).toMatchObject({
            verdict: 'received',
            submissionId: envelope.submissionId,
            manifestHash: envelope.manifestHash,
          });
          received += 1;
          if (received === 20) killed = kill(one);
        }
      }),
    ),
  );
  await killed;
  const ids = envelopes.map(({ submissionId }) => submissionId);
  const count = async (sql: string) => (await query.query<{ n: number }>(sql, [ids])).rows[0]!.n;
  expect(
    await count('select count(*)::int as n from envelopes where submission_id = any($1)'),
  ).toBe(60);
  expect(
    await count(
      `select count(*)::int as n from audit where event = 'envelope.received' and subject = any($1)`,
    ),
  ).toBe(60);
  // What the killed one had not judged, the other one judges, once.
  await vi.waitUntil(
    async () =>
      (await count(
        'select count(*)::int as n from envelopes where submission_id = any($1) and judged_at is null',
      )) === 0,
    { timeout: 90_000, interval: 200 },
  );
  expect(await count('select count(*)::int as n from cases where submission_id = any($1)')).toBe(
    60,
  );
  // Every number in its order, none twice, up to the last.
  const last = async () =>
    (await query.query<{ seq: number }>(`select seq from scopes where scope = 'status:hall:nanhu'`))
      .rows[0]!.seq;
  const until = Number(await last());
  await vi.waitUntil(() => (follower.upTo()?.seq ?? 0) >= until, { timeout: 30_000 });
  await follower.stop();
  expect(follower.seen).toEqual([...new Set(follower.seen)].sort((a, b) => a - b));
  const rows = await query.query(`select seq from changes where scope = 'status:hall:nanhu'`);
  expect(new Set(follower.seen)).toEqual(
    new Set([...follower.seen, ...rows.rows.map(({ seq }) => Number(seq))]),
  );
  expect(follower.streams()).toBeGreaterThan(1);
  expect(await verifyAudit({ databaseUrl: server.url, dataFolder: shared.path })).toMatchObject({
    holds: true,
  });
});
