import type { OperateFailure, operateTerminals, TerminalLine } from '@tongban/routing-api';
import { dataFolderFrom } from '../start/data-folder.ts';
import { Objection, say } from '../words/index.ts';
import type { Asked, Command } from './command.ts';

type Operator = Parameters<Parameters<typeof operateTerminals>[1]>[0];

const place = { data: { type: 'string' }, database: { type: 'string' } } as const;
const where = '[--data FOLDER | --database URL]';

/** `tongban terminal code`: prints a one-use code, and nothing else on the line, so that it can be piped into a file. */
export const terminalCodeCommand: Command = {
  name: 'terminal code',
  usage: `PROFILE HALL ${where}`,
  options: place,
  takes: [2, 2],
  async run(asked, out) {
    const [profile = '', hall = ''] = asked.positionals;
    if (profile !== 'kiosk' && profile !== 'counter') {
      throw new Objection(say('tongban', 'terminal-profile', { profile }));
    }
    const code = await operate(asked, (operator) => operator.code(profile, hall));
    out.result(code);
    out.remark(say('tongban', 'terminal-code-made', { profile, hall }));
    return 0;
  },
};

/** `tongban terminal list`: kiosks and counters, a line each; as JSON with the revoked certificates beside them. */
export const terminalListCommand: Command = {
  name: 'terminal list',
  usage: `[--json] ${where}`,
  options: { ...place, json: { type: 'boolean' } },
  takes: [0, 0],
  async run(asked, out) {
    const { terminals, revoked } = await operate(asked, async (operator) => ({
      terminals: await operator.list(),
      revoked: await operator.revoked(),
    }));
    if (asked.values.json === true) {
      const rows = [...revoked].map(([serial, from]) => ({ serial, from: from.toISOString() }));
      out.result(JSON.stringify({ terminals, revoked: rows }, null, 2));
      return 0;
    }
    for (const line of terminals) out.result(inWords(line));
    if (terminals.length === 0) out.remark(say('tongban', 'terminal-none'));
    return 0;
  },
};

export const terminalCloseCommand: Command = {
  name: 'terminal close',
  usage: `TERMINAL --why TEXT ${where}`,
  options: { ...place, why: { type: 'string' } },
  takes: [1, 1],
  async run(asked, out) {
    const closed = await operate(asked, (operator) => operator.close(which(asked), why(asked)));
    if (!closed.ok) throw objection(closed.error, which(asked));
    out.result(inWords(closed.value));
    return 0;
  },
};

export const terminalRevokeCommand: Command = {
  name: 'terminal revoke',
  usage: `TERMINAL --why TEXT [--since TIME] ${where}`,
  options: { ...place, why: { type: 'string' }, since: { type: 'string' } },
  takes: [1, 1],
  async run(asked, out) {
    const since = timeOf(asked.values.since);
    const revoked = await operate(asked, (operator) =>
      operator.revoke(which(asked), why(asked), since),
    );
    if (!revoked.ok) throw objection(revoked.error, which(asked));
    out.result(inWords(revoked.value));
    const { certificates, since: count } = revoked.value;
    out.remark(say('tongban', 'terminal-revoked', { certificates, count }));
    return 0;
  },
};

async function operate<T>({ values }: Asked, act: (operator: Operator) => Promise<T>): Promise<T> {
  const databaseUrl = values.database ?? process.env.DATABASE_URL;
  const folder = values.data ?? process.env.TONGBAN_DATA;
  const { operateTerminals: run } = await import('@tongban/routing-api');
  return run(
    databaseUrl === undefined
      ? { dataFolder: dataFolderFrom(folder === undefined ? undefined : String(folder)) }
      : { databaseUrl: String(databaseUrl) },
    act,
  );
}

const which = ({ positionals }: Asked) => positionals[0] ?? '';

/** An act that locks people out is explained: the audit log keeps the reason. */
function why({ values }: Asked): string {
  const text = String(values.why ?? '').trim();
  if (text === '') throw new Objection(say('tongban', 'terminal-why'));
  return text.slice(0, 200);
}

function timeOf(text: string | boolean | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(String(text));
  // Without a zone it would mean another moment on another machine.
  if (Number.isNaN(time.getTime()) || !/(Z|[+-]\d{2}:\d{2})$/.test(String(text))) {
    throw new Objection(say('tongban', 'terminal-time', { text: String(text) }));
  }
  return time;
}

function objection(failure: OperateFailure, terminal: string): Objection {
  return new Objection(say('tongban', failure, { terminal }));
}

function inWords({
  terminal,
  hall,
  name,
  revokedAt,
  closedAt,
  certifiedUntil,
}: TerminalLine): string {
  const id = terminal.slice(0, 10);
  const start = `${id}  ${hall}  ${name}  `;
  if (revokedAt !== undefined)
    return start + say('tongban', 'terminal-is-revoked', { at: revokedAt });
  if (closedAt !== undefined) return start + say('tongban', 'terminal-is-closed', { at: closedAt });
  return (
    start +
    (certifiedUntil === undefined
      ? say('tongban', 'terminal-is-open')
      : say('tongban', 'terminal-certified', { until: certifiedUntil.slice(0, 10) }))
  );
}
