import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { systemClock, systemRandom } from '@tongban/core';
import { dataFolderFrom } from '../start/data-folder.ts';
import { Objection, say } from '../words/index.ts';
import type { Asked, Command } from './command.ts';

const options = {
  keys: { type: 'string' },
  passphrase: { type: 'string' },
  data: { type: 'string' },
  database: { type: 'string' },
} as const;

/** `tongban backup DIR`: one consistent backup of a centre that may be running. */
export const backupCommand: Command = {
  name: 'backup',
  usage: 'DIR --keys FILE --passphrase FILE [--data FOLDER] [--database URL]',
  options,
  takes: [1, 1],
  async run(asked, out) {
    const { takeBackup } = await import('@tongban/routing-api');
    const request = await requestFrom(asked);
    const { parts, at, auditSeq } = await inWords(takeBackup(request, systemClock));
    const facts = { tables: parts.length, rows: rowsIn(parts), at, seq: auditSeq };
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    out.result(say('backup', 'backed-up', { ...facts, bytes, keys: request.keysFile }));
    return 0;
  },
};

/** `tongban restore DIR`: puts a backup in the place of an empty centre, or with `--replace` of one that is there. */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'DIR --keys FILE --passphrase FILE [--data FOLDER] [--database URL] [--replace]',
  options: { ...options, replace: { type: 'boolean' } },
  takes: [1, 1],
  async run(asked, out) {
    const { restoreBackup } = await import('@tongban/routing-api');
    const request = { ...(await requestFrom(asked)), replace: asked.values.replace === true };
    const ports = { clock: systemClock, random: systemRandom };
    const { manifest, epoch } = await inWords(restoreBackup(request, ports));
    out.result(say('backup', 'restored', { at: manifest.at, rows: rowsIn(manifest.parts), epoch }));
    return 0;
  },
};

function rowsIn(parts: readonly { readonly rows: number }[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

async function requestFrom({ positionals, values }: Asked) {
  const { keys, passphrase } = values;
  if (typeof keys !== 'string' || typeof passphrase !== 'string')
    throw new Objection(say('backup', 'no-passphrase'));
  const databaseUrl = values.database ?? process.env.DATABASE_URL;
  const folder = values.data ?? process.env.TONGBAN_DATA;
  return {
    folder: resolve(positionals[0] ?? ''),
    keysFile: resolve(keys),
    passphrase: await passphraseIn(passphrase),
    dataFolder: dataFolderFrom(folder === undefined ? undefined : String(folder)),
    ...(databaseUrl === undefined ? {} : { databaseUrl: String(databaseUrl) }),
  };
}

async function passphraseIn(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const said = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Objection(say('tongban', 'not-there', { file, said }));
  }
}

async function inWords<T>(work: Promise<T>): Promise<T> {
  const { BackupRefused } = await import('@tongban/routing-api');
  return work.catch((error: unknown) => {
    if (!(error instanceof BackupRefused)) throw error;
    throw new Objection(say('backup', error.code, { about: error.about }));
  });
}
