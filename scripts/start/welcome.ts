import type { demonstrationAccounts } from '@tongban/routing-api';
import { say } from '../words/index.ts';

export interface Ready {
  readonly origin: string;
  readonly dataFolder: string;
  readonly seconds: string;
  /** Empty in production. */
  readonly accounts: typeof demonstrationAccounts;
}

/** What `npm start` shows once it can serve: where the pages are, who may sign in, how to end it. */
export function welcome({ origin, dataFolder, seconds, accounts }: Ready): string {
  const pages = [
    [`${origin}/phone/`, say('start', 'phone')],
    [`${origin}/kiosk/`, say('start', 'kiosk')],
    [`${origin}/counter/`, say('start', 'counter')],
    [`${origin}/departments/`, say('start', 'departments')],
    [`${origin}/api/docs`, say('start', 'docs')],
  ];
  const people = accounts.map(({ account, password, name, role }) => [
    account,
    password,
    `${name} ${say('start', `${role}-role`)}`,
  ]);
  return [
    '',
    say('start', 'ready', { seconds }),
    '',
    ...columns(pages),
    '',
    ...(people.length === 0 ? [] : [say('start', 'accounts'), ...columns(people), '']),
    `${say('start', 'data')} ${dataFolder}`,
    say('start', 'end'),
    '',
  ].join('\n');
}

/** Rows with their first cells aligned; the last may hold Chinese, whose width is not its length. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    [
      ' ',
      ...row.slice(0, -1).map((cell, column) => cell.padEnd(width(column))),
      row.at(-1) ?? '',
    ].join(' '),
  );
}
