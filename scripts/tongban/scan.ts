import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Evidence, openSecondReader, type SecondReader, scan } from '@tongban/core/scan';
import { say } from '../words/index.ts';
import type { Command } from './command.ts';
import { pictureFrom } from './picture.ts';

/** `tongban scan IMAGE…`: reads codes and machine-readable zones. 1 when a picture holds none or cannot be read. */
export const scanCommand: Command = {
  name: 'scan',
  usage: 'IMAGE… [--json]',
  options: { json: { type: 'boolean' } },
  takes: [1, Number.POSITIVE_INFINITY],
  async run({ positionals, values }, out) {
    const results = [];
    const second = await openSecondReader(await secondBinary());
    for (const image of positionals) {
      const result = await scanImage(image, second);
      results.push(result);
      if (values.json === true) continue;
      for (const line of result.evidence.flatMap(linesOf)) out.result(`${image}: ${line}`);
      if (result.fault !== undefined) {
        const { code, said } = result.fault;
        out.remark(say('tongban', code, { file: image, said }));
      } else if (result.evidence.length === 0)
        out.remark(say('tongban', 'nothing-found', { file: image }));
    }
    if (values.json === true) out.result(JSON.stringify(results.map(plain), null, 2));
    return results.every(({ evidence }) => evidence.length > 0) ? 0 : 1;
  },
};

/** From the package, as the pages have it beside them. */
async function secondBinary(): Promise<ArrayBuffer> {
  const core = createRequire(import.meta.resolve('@tongban/core'));
  return new Uint8Array(await readFile(core.resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer;
}

interface Scanned {
  readonly file: string;
  readonly evidence: readonly Evidence[];
  /** Why the picture could not be looked at. */
  readonly fault?: { readonly code: 'unreadable' | 'not-a-picture'; readonly said: string };
}

async function scanImage(file: string, second: SecondReader): Promise<Scanned> {
  let frame: ReturnType<typeof pictureFrom>;
  try {
    frame = pictureFrom(await readFile(file));
  } catch (error) {
    return { file, evidence: [], fault: { code: 'unreadable', said: (error as Error).message } };
  }
  if (frame === undefined)
    return { file, evidence: [], fault: { code: 'not-a-picture', said: '' } };
  return { file, evidence: await scan(frame, { effort: 'thorough', second, now: new Date() }) };
}

function linesOf(one: Evidence): readonly string[] {
  if (one.source === 'code') return [`${one.finding.format} ${one.finding.text}`];
  return one.fields.map(({ name, value, check }) => `${one.kind} ${name} ${value} (${check})`);
}

/** As `docs/schemas/scan.schema.json` describes it. */
function plain({ evidence, ...picture }: Scanned) {
  return { ...picture, evidence: evidence.map(plainEvidence) };
}

function plainEvidence(one: Evidence) {
  const { source, kind, assurance, fields, confirm, points } = one;
  const common = { source, kind, assurance, fields, confirm, points };
  if (one.source === 'zone') return { ...common, lines: one.lines };
  const { format, text, bytes } = one.finding;
  return { ...common, format, text, bytes: Buffer.from(bytes).toString('base64') };
}
