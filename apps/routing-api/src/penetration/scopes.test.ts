import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OpenApi } from '../docs/openapi.ts';
import type { Device } from '../testing/device.ts';
import { beginning, makeTwoSides, type Side, type TwoSides } from './twoSides.ts';
import { answerTo, changedTables, counted, digestOf } from './watch.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let city: TwoSides;
beforeAll(async () => {
  city = await makeTwoSides();
});
afterAll(() => city?.centre.end());

const terminals = ['kiosk', 'counter', 'phone'] as const;
const signedIn = ['clerk', 'desk', 'citizen'] as const;
type Kind = (typeof terminals)[number] | (typeof signedIn)[number] | 'supervisor' | 'nobody';

/** Somebody who asks; `side` is where they belong. */
interface Asker {
  readonly kind: Kind;
  readonly side: Side | undefined;
}

function askers(): Asker[] {
  return [
    { kind: 'nobody', side: undefined },
    { kind: 'supervisor', side: undefined },
    ...city.sides.flatMap((side) => [...terminals, ...signedIn].map((kind) => ({ kind, side }))),
  ];
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Proves the possession of this terminal's key, besides who is signed in. */
  readonly at?: Device;
}

/** As this asker would send it: with a proof, with a cookie, or with nothing. */
async function send({ kind, side }: Asker, sent: Sent): Promise<Response> {
  const { method, path, body, headers = {} } = sent;
  const device =
    (sent.at ?? (terminals as readonly Kind[]).includes(kind))
      ? (sent.at ?? side?.[kind as 'kiosk'])
      : undefined;
  const cookie =
    kind === 'supervisor'
      ? city.supervisor
      : (signedIn as readonly Kind[]).includes(kind)
        ? side?.[kind as 'clerk']
        : undefined;
  const more = { ...headers, 'x-tongban': '1', ...(cookie !== undefined && { cookie }) };
  if (device !== undefined) return device.ask(method, path, body, more);
  const bytes = body instanceof Uint8Array;
  return fetch(`${city.centre.origin}${path}`, {
    method,
    headers: {
      ...(body !== undefined && {
        'content-type': bytes ? 'application/octet-stream' : 'application/json',
      }),
      ...more,
    },
    ...(body !== undefined && {
      body: bytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
    }),
  });
}

/** `gets` it, is answered with `nothing` of it, or is `refused`. */
type Due = 'gets' | 'nothing' | 'refused';

interface Scoped {
  /** The request about what belongs to `of`, as somebody of `own` would write it. */
  readonly ask: (of: Side, own: Side) => Omit<Sent, 'method'>;
  readonly due: (kind: Kind, own: boolean) => Due;
  /** What stands in the answer of whoever gets it, and of nobody else. */
  readonly shows?: (of: Side) => string;
}

/** By role: for what belongs to one's own side, for what belongs to the other, and where neither counts. */
const by =
  (own: readonly Kind[], other: readonly Kind[] = [], nothing: readonly Kind[] = []) =>
  (kind: Kind, mine: boolean): Due =>
    (mine ? own : other).includes(kind) || (kind === 'supervisor' && other.includes(kind))
      ? 'gets'
      : nothing.includes(kind)
        ? 'nothing'
        : 'refused';

const caseOf = ({ receipt }: Side) => `/api/v1/cases/${receipt.number}`;
const tus = { 'tus-resumable': '1.0.0' };
const anyTerminal = by(terminals, terminals);
const seenByStaff = by(['clerk', 'desk', 'supervisor'], ['clerk', 'supervisor']);

/** Every operation that is about something of somebody. The desks' decision is the last: it moves the case. */
const scoped: Readonly<Record<string, Scoped>> = {
  'get /api/v1/cases': {
    ask: () => ({ path: '/api/v1/cases' }),
    due: by(['clerk', 'desk', 'supervisor'], ['supervisor'], ['clerk', 'desk']),
    shows: ({ receipt }) => receipt.number,
  },
  'post /api/v1/cases/search': {
    ask: (of) => ({ path: '/api/v1/cases/search', body: { text: of.receipt.number } }),
    due: by(['clerk', 'desk', 'supervisor'], ['clerk', 'supervisor'], ['desk']),
    shows: ({ receipt }) => receipt.number,
  },
  'get /api/v1/cases/{number}': {
    ask: (of) => ({ path: caseOf(of) }),
    due: seenByStaff,
    shows: ({ receipt }) => receipt.number,
  },
  'get /api/v1/cases/{number}/papers': {
    ask: (of) => ({ path: `${caseOf(of)}/papers` }),
    due: seenByStaff,
    shows: ({ address }) => address,
  },
  'get /api/v1/cases/{number}/files/{address}': {
    ask: (of) => ({ path: `${caseOf(of)}/files/${of.address}` }),
    due: by(['clerk', 'desk'], ['clerk']),
    shows: () => '%PDF',
  },
  'put /api/v1/cases/{number}/ticket': {
    ask: (of) => ({ path: `${caseOf(of)}/ticket`, body: { ticket: 'A17' } }),
    due: by(['clerk'], ['clerk']),
  },
  'get /api/v1/terminals': {
    ask: () => ({ path: '/api/v1/terminals' }),
    due: by(['clerk', 'supervisor'], ['supervisor'], ['clerk']),
    shows: ({ kiosk }) => kiosk.id,
  },
  'post /api/v1/terminals': {
    ask: (of) => {
      const { kty, crv, x, y } = of.phone.publicJwk;
      return { path: '/api/v1/terminals', body: { jwk: { kty, crv, x, y }, profile: 'phone' } };
    },
    due: by(['phone']),
  },
  'put /api/v1/terminals/self/health': {
    ask: () => ({
      path: '/api/v1/terminals/self/health',
      body: {
        ...{ appVersion: 'test', protocol: 1, catalogueVersion: 'test' },
        ...{ unsent: 0, setAside: 0, persisted: 'granted' },
      },
    }),
    // Of itself: there is no other terminal that it could name.
    due: by(['kiosk', 'counter'], ['kiosk', 'counter']),
  },
  'get /api/v1/changes/{scope}': {
    ask: () => ({ path: '/api/v1/changes/status' }),
    due: by(['kiosk', 'counter'], [], terminals),
    shows: ({ receipt }) => receipt.number,
  },
  'get /api/v1/stream': { ask: () => ({ path: '/api/v1/stream' }), due: anyTerminal },
  'post /api/v1/status': {
    // Who knows a number and not its secret tries the one they know.
    ask: (of, own) => ({
      path: '/api/v1/status',
      body: { receiptNumber: of.receipt.number, secret: own.receipt.secret },
    }),
    due: by(terminals),
    shows: ({ receipt }) => receipt.number,
  },
  'post /api/v1/envelopes': {
    ask: (of) => ({ path: '/api/v1/envelopes', body: { envelopes: [of.envelope] } }),
    due: anyTerminal,
  },
  'post /api/v1/envelopes/known': {
    ask: ({ envelope: { submissionId, manifestHash } }) => ({
      path: '/api/v1/envelopes/known',
      body: { held: [{ submissionId, manifestHash }] },
    }),
    due: anyTerminal,
  },
  'put /api/v1/files/{address}': {
    ask: ({ file }) => ({ path: `/api/v1/files/${file.address}`, body: file.bytes }),
    due: anyTerminal,
  },
  'head /api/v1/uploads/{address}': {
    ask: ({ upload }) => ({ path: `/api/v1/uploads/${upload.address}`, headers: tus }),
    due: by(['kiosk']),
  },
  'patch /api/v1/uploads/{address}': {
    ask: ({ upload }) => ({
      path: `/api/v1/uploads/${upload.address}`,
      headers: {
        ...tus,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: upload.bytes.slice(0, 100),
    }),
    due: by(['kiosk']),
  },
  'delete /api/v1/uploads/{address}': {
    ask: ({ upload }) => ({ path: `/api/v1/uploads/${upload.address}`, headers: tus }),
    due: by(['kiosk']),
  },
  'post /api/v1/uploads': {
    ask: ({ upload }) => ({ path: '/api/v1/uploads', headers: beginning(upload) }),
    due: anyTerminal,
  },
  'put /api/v1/handovers/{locator}': {
    ask: ({ locator }) => ({
      path: `/api/v1/handovers/${locator}`,
      body: new Uint8Array(50),
    }),
    // It was taken: not even who gave it may put another in its place.
    due: by([]),
  },
  'get /api/v1/handovers/{locator}': {
    // Who has the locator was shown the code.
    ask: ({ locator }) => ({ path: `/api/v1/handovers/${locator}` }),
    due: anyTerminal,
  },
  'post /api/v1/handovers/{locator}/take': {
    ask: ({ locator }) => ({ path: `/api/v1/handovers/${locator}/take` }),
    due: by(['kiosk']),
  },
  'post /api/v1/handovers/{locator}/reclaim': {
    ask: ({ locator }) => ({ path: `/api/v1/handovers/${locator}/reclaim` }),
    due: by(['phone']),
  },
  'get /api/v1/session': {
    ask: () => ({ path: '/api/v1/session' }),
    due: by(['clerk'], [], ['clerk', 'desk', 'citizen', 'supervisor']),
    shows: ({ clerkName }) => clerkName,
  },
  'post /api/v1/session/grant': {
    ask: (of) => ({ path: '/api/v1/session/grant', at: of.counter }),
    due: by(['clerk']),
  },
  'post /api/v1/cases/{number}/actions': {
    ask: (of) => ({
      path: `${caseOf(of)}/actions`,
      headers: { 'idempotency-key': randomUUID() },
      body: { action: 'accept', reasons: [], materials: [], text: '', seen: 'received' },
    }),
    due: by(['desk']),
    shows: ({ receipt }) => receipt.number,
  },
};

/** Operations that are about nothing of anybody, and what stands for them. */
const ofNobody: Readonly<Record<string, string>> = {
  'get /api/v1/probe': 'tells only of the centre',
  'get /healthz': 'tells only of the centre',
  'get /api/v1/catalogue': 'public',
  'options /api/v1/uploads': 'public',
  'post /api/v1/session': 'opened by a password: session.test.ts',
  'delete /api/v1/session': 'ends the session whose cookie comes with it: others.test.ts',
  'get /api/v1/session/ways': 'public',
  'get /api/v1/session/provider': 'opened by the provider: session/provider',
  'get /api/v1/session/callback': 'opened by the provider: session/provider',
  'post /api/v1/session/code': 'opened by the provider: session/provider',
  'post /api/v1/session/code/ask': 'opened by the provider: session/provider',
};

test('[M18] every operation of the interface is either about something of somebody, or named as about nothing', async () => {
  const document = (await (
    await fetch(`${city.centre.origin}/api/openapi.json`)
  ).json()) as OpenApi;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect([...Object.keys(scoped), ...Object.keys(ofNobody)].toSorted()).toEqual(
    operations.toSorted(),
  );
});

test.each(Object.entries(scoped))(
  '[M18] %s: two halls, two departments, two citizens, a supervisor and nobody; each gets what is theirs',
  async (operation, { ask, due, shows }) => {
    const [method = ''] = operation.split(' ');
    const wrong: unknown[] = [];
    for (const of of city.sides) {
      const before = await digestOf(city.centre);
      const dues = askers().map((one) => ({ ...one, due: due(one.kind, one.side === of) }));
      const answered = async (one: Asker) => {
        const own = one.side ?? otherThan(of);
        const sent = { method: method.toUpperCase(), ...ask(of, own) };
        return answerTo(city.centre, of.planted, () => ended(send(one, sent)));
      };
      for (const one of dues.filter(({ due }) => due !== 'gets')) {
        const { status, whole, logged, leaked, text } = await answered(one);
        const shown = shows !== undefined && text.includes(shows(of)) && one.due === 'nothing';
        const right =
          one.due === 'nothing' ? status === 200 : status >= 400 && (whole || method === 'head');
        const own = one.side === of;
        if (!right || shown || !logged || (!own && leaked.length > 0))
          wrong.push([
            of.hall,
            one.kind,
            one.side?.hall,
            one.due,
            status,
            shown,
            logged,
            leaked,
            text,
          ]);
      }
      const moved = changedTables(before, await digestOf(city.centre));
      wrong.push(...moved.filter((table) => !counted.includes(table)));
      const entitled = dues.filter(({ due }) => due === 'gets');
      for (const one of entitled) {
        const { status, text } = await answered(one);
        if (status >= 400 || (shows !== undefined && !text.includes(shows(of))))
          wrong.push([of.hall, one.kind, one.side?.hall, one.due, status, text.slice(0, 300)]);
      }
    }
    expect(wrong).toEqual([]);
  },
);

/** Live news never end by themselves: their first line is enough. */
async function ended(sent: Promise<Response>): Promise<Response> {
  const answer = await sent;
  if (answer.headers.get('content-type') !== 'application/x-ndjson') return answer;
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new Response(first?.value, answer);
}

function otherThan(side: Side): Side {
  const [nanhu, beita] = city.sides;
  return side === nanhu ? beita : nanhu;
}

test('[M18] a phone pulls its own case, which no terminal of any hall does', async () => {
  for (const of of city.sides) {
    const pulled = new Map<string, boolean>();
    for (const one of askers()) {
      if (!(terminals as readonly Kind[]).includes(one.kind)) continue;
      const answer = await send(one, { method: 'GET', path: '/api/v1/changes/status' });
      pulled.set(
        `${one.side?.hall} ${one.kind}`,
        (await answer.text()).includes(of.phoneReceipt.number),
      );
    }
    const having = [...pulled].filter(([, has]) => has).map(([who]) => who);
    expect(having).toEqual([`${of.hall} phone`]);
  }
});

test('[M18] a receipt with its secret opens the public half to whoever holds it, the private half only to its person', async () => {
  for (const of of city.sides) {
    for (const own of city.sides) {
      const body = { receiptNumber: of.receipt.number, secret: of.receipt.secret };
      const answer = await send(
        { kind: 'citizen', side: own },
        { method: 'POST', path: '/api/v1/status', body, at: own.phone },
      );
      expect(answer.status).toBe(200);
      const said = (await answer.json()) as { readonly notes?: unknown };
      expect([own.hall, said.notes !== undefined]).toEqual([own.hall, own === of]);
    }
  }
});
