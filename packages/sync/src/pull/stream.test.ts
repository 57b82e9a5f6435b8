import { describe, expect, test } from 'vitest';
import { createCentre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { StreamLine } from '../protocol/index.ts';
import { problem, simulatedCentre } from '../testing/centre.ts';
import { handTimer, seededRandom } from '../testing/hands.ts';
import { handTransport, settle } from '../testing/transport.ts';
import { followStream } from './stream.ts';

async function stage() {
  const centre = simulatedCentre();
  const { fetch, pending } = handTransport(centre);
  const timer = handTimer();
  const random = seededRandom(1);
  const client = createCentre({
    origin: '',
    fetch,
    vault: {
      terminal: async () => ({ id: 't' as never, publicJwk: {} }),
      sign: async () => new Uint8Array(64),
    },
    centreClock: { now: () => new Date() },
    random,
    timer,
  });
  const lines: StreamLine[] = [];
  const failures: CentreFailure[] = [];
  const stream = followStream({
    centre: client,
    timer,
    random,
    onLine: (line) => lines.push(line),
    onFailure: (failure) => failures.push(failure),
  });
  await settle();
  return { centre, pending, timer, lines, failures, stream };
}

const hello = { kind: 'hello', epoch: 'epoch-1' };

describe('live stream', () => {
  test('[P4] tells what changed, line by line, however the bytes are cut', async () => {
    const { pending, lines, stream } = await stage();
    const text = new TextEncoder().encode(
      `${JSON.stringify(hello)}\n{"kind":"changed","scope":"status","seq":7}\n{"kind":"beat"}\n`,
    );
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(text.slice(at, at + 5));
        at += 5;
        if (at >= text.length) controller.close();
      },
    });
    pending[0]?.answerWith(new Response(body));
    await settle(60);
    expect(lines).toEqual([hello, { kind: 'changed', scope: 'status', seq: 7 }, { kind: 'beat' }]);
    await stream.stop();
  });

  test('[P4] is opened again when it ends, falls silent for forty seconds, or tells nonsense', async () => {
    const { centre, pending, timer, lines, stream } = await stage();
    pending[0]?.deliver();
    await settle();
    expect(lines).toEqual([hello]);
    timer.pass(39_000);
    centre.tell({ kind: 'beat' });
    await settle();
    timer.pass(39_000);
    await settle();
    expect([centre.streams, pending.length]).toEqual([1, 0]);
    timer.pass(1_100);
    await settle();
    timer.pass(1_000);
    await settle();
    expect(pending).toHaveLength(1);

    pending[0]?.answerWith(new Response('<html>Log in</html>\n'));
    await settle();
    timer.pass(2_000);
    await settle();
    expect(pending).toHaveLength(1);
    pending[0]?.answerWith(new Response(''));
    await settle();
    timer.pass(4_000);
    await settle();
    expect(pending).toHaveLength(1);
    await stream.stop();
    expect(pending).toEqual([]);
  });

  test('[V3] a word to come is passed over: a kind or a scope that this terminal has no name for', async () => {
    const { centre, timer, pending, lines, stream } = await stage();
    pending[0]?.deliver();
    await settle();
    timer.pass(39_000);
    centre.tell({ kind: 'queue-moved', hall: 'nanhu', ahead: 3 });
    await settle();
    // It is a sign of life all the same.
    timer.pass(39_000);
    centre.tell({ kind: 'changed', scope: 'queue', seq: 3 });
    centre.tell({ kind: 'changed', scope: 'status', seq: 3, why: 'a field to come' });
    await settle();
    expect(lines).toEqual([
      hello,
      { kind: 'changed', scope: 'status', seq: 3, why: 'a field to come' },
    ]);
    expect([centre.streams, pending.length]).toEqual([1, 0]);
    // A known kind in a wrong form is nonsense as ever.
    centre.tell({ kind: 'changed', scope: 'status', seq: 'three' });
    await settle();
    timer.pass(1_000);
    await settle();
    expect(pending).toHaveLength(1);
    await stream.stop();
  });

  test('[P4] a line without end is nonsense too', async () => {
    const { pending, lines, timer, stream } = await stage();
    pending[0]?.answerWith(new Response(`${JSON.stringify(hello)}\n${'x'.repeat(70_000)}`));
    await settle(60);
    timer.pass(1_000);
    await settle();
    expect(lines).toEqual([hello]);
    expect(pending).toHaveLength(1);
    await stream.stop();
  });

  test('[O4] [P4] the wait grows while it fails, and is forgotten when the line is back', async () => {
    const { pending, timer, failures, stream } = await stage();
    for (let round = 0; round < 12; round++) {
      pending[0]?.cut();
      await settle();
      timer.pass(300_000);
      await settle();
    }
    expect(failures).toHaveLength(12);
    pending[0]?.cut();
    await settle();
    expect(pending).toEqual([]);
    stream.hurry();
    await settle();
    expect(pending).toHaveLength(1);
    await stream.stop();
  });

  test('[N2] not being let in is told', async () => {
    const { pending, failures, stream } = await stage();
    pending[0]?.answerWith(problem(401, 'terminal-unknown'));
    await settle();
    expect(failures).toEqual([{ kind: 'problem', status: 401, code: 'terminal-unknown' }]);
    await stream.stop();
  });
});
