import { type Catalogue, err, ok, type Random, type Result, uuid } from '@tongban/core';
import {
  type ActionRequest,
  CaseDetail,
  CasesAnswer,
  Problem,
  protocolVersion,
  SignInWays,
  TerminalsAnswer,
  Who,
} from '@tongban/sync/protocol';
import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';

/** Why a request of a staff page came to nothing. Each has a plain sentence under `staff:fault`. */
export type StaffFault =
  /** Nothing answered in time. What was typed stays; the same act may be tried again under its key. */
  | { readonly reason: 'no-line' }
  /** Something answered that is not the centre: a captive portal, a proxy's page. */
  | { readonly reason: 'not-the-centre' }
  /** The session ended or never began. */
  | { readonly reason: 'signed-out' }
  /** The centre said no, and why (RFC 9457). */
  | { readonly reason: 'refused'; readonly problem: Problem };

export type StaffAnswer<T> = Promise<Result<T, StaffFault>>;

/** A material or paper as the centre opened it for this person; never kept. */
export interface OpenedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Media type as judged by the centre. */
  readonly type: string;
}

/** The centre as a staff page talks to it: session cookie, problem documents, one key an act. */
export interface StaffClient {
  who(): StaffAnswer<Who>;
  /** How one can sign in at this centre. */
  ways(): StaffAnswer<SignInWays>;
  signIn(account: string, password: string): StaffAnswer<Who>;
  signOut(): StaffAnswer<void>;
  catalogue(): StaffAnswer<Catalogue>;
  /** How the terminals of this person's hall stand. */
  terminals(): StaffAnswer<TerminalsAnswer>;
  cases(): StaffAnswer<CasesAnswer>;
  /** By number, beginning of a name, or ticket. */
  search(text: string): StaffAnswer<CasesAnswer>;
  case(caseNumber: string): StaffAnswer<CaseDetail>;
  file(caseNumber: string, address: string): StaffAnswer<OpenedFile>;
  /** `key` names the act: tried twice under one key, it is done once. */
  act(caseNumber: string, request: ActionRequest, key: string): StaffAnswer<CaseDetail>;
}

/** Name of one act, for its `Idempotency-Key`. Made when staff decide, kept while they try again. */
export const actKey = (random: Random): string => uuid(random);

/** The catalogue is checked when it is made and served as it was; here only that it is one. */
const CatalogueShape = Type.Object({ version: Type.String(), items: Type.Array(Type.Unknown()) });

interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly key?: string;
}

/**
 * @param options.origin prefix of `/api/v1/…`, empty for the page's own origin
 * @param options.timeoutMs after which a request counts as unanswered
 * @param options.language in which the centre shall say why it refuses
 */
export function staffClient(options: {
  readonly fetch: typeof globalThis.fetch;
  readonly origin: string;
  readonly timeoutMs: number;
  language(): string;
}): StaffClient {
  async function reach(path: string, ask: Ask): StaffAnswer<Response> {
    const headers: Record<string, string> = {
      'tongban-protocol': String(protocolVersion),
      'accept-language': options.language(),
    };
    if (ask.body !== undefined) headers['content-type'] = 'application/json';
    if (ask.key !== undefined) headers['idempotency-key'] = ask.key;
    let answer: Response;
    try {
      answer = await options.fetch(`${options.origin}/api/v1${path}`, {
        method: ask.method ?? 'GET',
        headers,
        credentials: 'same-origin',
        // Nothing a case holds may lie in the browser's cache after the session.
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs),
        ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      });
    } catch {
      return err({ reason: 'no-line' });
    }
    if (answer.ok) return ok(answer);
    const problem = await jsonOf(answer);
    if (!Value.Check(Problem, problem)) return err({ reason: 'not-the-centre' });
    // A wrong password is also 401, but nobody was signed in: the centre's own words are better there.
    const signingIn = path === '/session' && ask.method === 'POST';
    if (answer.status === 401 && !signingIn) return err({ reason: 'signed-out' });
    return err({ reason: 'refused', problem });
  }

  async function askFor<S extends TSchema>(
    schema: S,
    path: string,
    ask: Ask = {},
  ): StaffAnswer<Static<S>> {
    const answer = await reach(path, ask);
    if (!answer.ok) return answer;
    const value = await jsonOf(answer.value);
    return Value.Check(schema, value) ? ok(value) : err({ reason: 'not-the-centre' });
  }

  return {
    who: () => askFor(Who, '/session'),
    ways: () => askFor(SignInWays, '/session/ways'),
    signIn: (account, password) =>
      askFor(Who, '/session', { method: 'POST', body: { account, password } }),
    async signOut() {
      const answer = await reach('/session', { method: 'DELETE' });
      return answer.ok ? ok(undefined) : answer;
    },
    async catalogue() {
      const answer = await askFor(CatalogueShape, '/catalogue');
      return answer.ok ? ok(answer.value as unknown as Catalogue) : answer;
    },
    terminals: () => askFor(TerminalsAnswer, '/terminals'),
    cases: () => askFor(CasesAnswer, '/cases'),
    search: (text) => askFor(CasesAnswer, '/cases/search', { method: 'POST', body: { text } }),
    case: (caseNumber) => askFor(CaseDetail, `/cases/${encodeURIComponent(caseNumber)}`),
    async file(caseNumber, address) {
      const answer = await reach(
        `/cases/${encodeURIComponent(caseNumber)}/files/${encodeURIComponent(address)}`,
        {},
      );
      if (!answer.ok) return answer;
      try {
        const bytes = new Uint8Array(await answer.value.arrayBuffer());
        const type = answer.value.headers.get('content-type')?.split(';')[0] ?? '';
        return ok({ bytes, type });
      } catch {
        return err({ reason: 'no-line' });
      }
    },
    act: (caseNumber, request, key) =>
      askFor(CaseDetail, `/cases/${encodeURIComponent(caseNumber)}/actions`, {
        method: 'POST',
        body: request,
        key,
      }),
  };
}

async function jsonOf(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}
