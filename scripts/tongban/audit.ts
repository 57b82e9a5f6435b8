import { dataFolderFrom } from '../start/data-folder.ts';
import { say } from '../words/index.ts';
import type { Command } from './command.ts';

/** `tongban audit verify`: recomputes the audit chain. 1 when it does not hold. */
export const auditVerifyCommand: Command = {
  name: 'audit verify',
  usage: '[--data FOLDER | --database URL] [--json]',
  options: {
    data: { type: 'string' },
    database: { type: 'string' },
    json: { type: 'boolean' },
  },
  takes: [0, 0],
  async run({ values }, out) {
    const databaseUrl = values.database ?? process.env.DATABASE_URL;
    const folder = values.data ?? process.env.TONGBAN_DATA;
    const { verifyAudit } = await import('@tongban/routing-api');
    const verdict = await verifyAudit({
      dataFolder: dataFolderFrom(folder === undefined ? undefined : String(folder)),
      ...(databaseUrl === undefined ? {} : { databaseUrl: String(databaseUrl) }),
    });
    if (values.json === true) out.result(JSON.stringify(verdict));
    else if (verdict.holds) {
      out.result(say('tongban', 'chain-holds', { entries: verdict.entries, head: verdict.head }));
    } else {
      const { entries, seq, why } = verdict;
      out.result(say('tongban', 'chain-broken', { entries, seq }));
      out.result(say('tongban', why));
    }
    return verdict.holds ? 0 : 1;
  },
};
