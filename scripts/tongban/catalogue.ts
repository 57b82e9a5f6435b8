import { readCatalogueFolder, shippedFolder } from '@tongban/catalogue/folder';
import { assembleCatalogue, checkCatalogue } from '@tongban/core';
import { Objection, say } from '../words/index.ts';
import type { Command } from './command.ts';

/** `tongban catalogue check [DIR]`: every fault of a catalogue folder at once; 1 when there is one. */
export const catalogueCheckCommand: Command = {
  name: 'catalogue check',
  usage: '[DIR] [--json]',
  options: { json: { type: 'boolean' } },
  takes: [0, 1],
  async run({ positionals, values }, out) {
    const checked = checkCatalogue(assembleCatalogue(parts(positionals[0] ?? shippedFolder)));
    const faults = checked.ok ? [] : checked.error;
    if (values.json === true) out.result(JSON.stringify({ holds: checked.ok, faults }, null, 2));
    else if (checked.ok) {
      const { items, bundles, dictionary } = checked.value;
      const facts = { items: items.length, bundles: bundles.length, fields: dictionary.length };
      out.result(say('tongban', 'catalogue-holds', facts));
    } else {
      for (const { path, code, message } of faults) out.result(`${path}: ${message} [${code}]`);
      out.result(say('tongban', 'catalogue-broken', { count: faults.length }));
    }
    return checked.ok ? 0 : 1;
  },
};

function parts(folder: string): ReturnType<typeof readCatalogueFolder> {
  try {
    return readCatalogueFolder(folder);
  } catch (error) {
    const said = (error as Error).message;
    throw new Objection(say('tongban', 'not-there', { file: folder, said }));
  }
}
