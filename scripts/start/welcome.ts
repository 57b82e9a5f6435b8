import { say } from '../words/index.ts';

export interface Ready {
  readonly origin: string;
  readonly dataFolder: string;
  readonly seconds: string;
  readonly demonstration: boolean;
}

/** What `npm start` shows once it can serve: where the pages are, who may sign in, how to end it. */
export function welcome({ origin, dataFolder, seconds }: Ready): string {
  const pages = [
    [`${origin}/phone/`, say('start', 'phone')],
    [`${origin}/kiosk/`, say('start', 'kiosk')],
    [`${origin}/counter/`, say('start', 'counter')],
    [`${origin}/departments/`, say('start', 'departments')],
    [`${origin}/api/docs`, say('start', 'docs')],
  ] as const;
  const width = Math.max(...pages.map(([address]) => address.length));
  return [
    '',
    say('start', 'ready', { seconds }),
    '',
    ...pages.map(([address, name]) => `  ${address.padEnd(width)}  ${name}`),
    '',
    `${say('start', 'data')} ${dataFolder}`,
    say('start', 'end'),
    '',
  ].join('\n');
}
