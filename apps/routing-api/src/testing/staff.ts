import { randomUUID } from 'node:crypto';
import type { ActionRequest, CaseDetail, CasesAnswer } from '@tongban/sync/protocol';

/** Somebody signed in at a desk or counter, over HTTP with a cookie as a page would. */
export async function signIn(origin: string, account: string, password = 'demo') {
  const answer = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ account, password }),
  });
  if (!answer.ok) throw new Error(`not signed in: ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    return fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  async function read<T>(path: string): Promise<T> {
    const found = await ask('GET', path);
    if (!found.ok) throw new Error(`${path}: ${await found.text()}`);
    return (await found.json()) as T;
  }

  const detail = (caseNumber: string) => read<CaseDetail>(`/cases/${caseNumber}`);

  /** Decides as the page would: on what it has just seen. Answers the status and the problem's code, if any. */
  async function act(
    caseNumber: string,
    action: ActionRequest['action'],
    more: Partial<ActionRequest> = {},
    key: string = randomUUID(),
  ): Promise<{ status: number; code?: string; detail?: CaseDetail }> {
    const seen = more.seen ?? (await detail(caseNumber)).row.state;
    const request: ActionRequest = { action, reasons: [], materials: [], text: '', ...more, seen };
    const done = await ask('POST', `/cases/${caseNumber}/actions`, request, {
      'idempotency-key': key,
    });
    const body = (await done.json()) as CaseDetail & { code?: string };
    return done.ok
      ? { status: done.status, detail: body }
      : { status: done.status, ...(body.code && { code: body.code }) };
  }

  return {
    /** As a browser sends it back. */
    cookie,
    ask,
    act,
    detail,
    list: async () => (await read<CasesAnswer>('/cases')).rows,
    search: async (text: string) =>
      ((await (await ask('POST', '/cases/search', { text })).json()) as CasesAnswer).rows,
  };
}
export type Staff = Awaited<ReturnType<typeof signIn>>;
