import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { openSecondReader, type SecondReader, scan } from '@tongban/core/scan';
import { say } from '../words/index.ts';
import type { Command } from './command.ts';
import { pictureFrom } from './picture.ts';

/** `tongban scan IMAGE…`: reads the codes in pictures. 1 when a picture holds none or cannot be read. */
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
      for (const { format, text } of result.found) out.result(`${image}: ${format} ${text}`);
      if (result.fault !== undefined) {
        const { code, said } = result.fault;
        out.remark(say('tongban', code, { file: image, said }));
      } else if (result.found.length === 0) out.remark(say('tongban', 'no-code', { file: image }));
    }
    if (values.json === true) out.result(JSON.stringify(results, null, 2));
    return results.every(({ found }) => found.length > 0) ? 0 : 1;
  },
};

/** From the package, as the pages have it beside them. */
async function secondBinary(): Promise<ArrayBuffer> {
  const core = createRequire(import.meta.resolve('@tongban/core'));
  return new Uint8Array(await readFile(core.resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer;
}

interface Scanned {
  readonly file: string;
  readonly found: readonly {
    readonly format: string;
    readonly text: string;
    /** The bytes behind the text, as Base64. */
    readonly bytes: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
  /** Why the picture could not be looked at. */
  readonly fault?: { readonly code: 'unreadable' | 'not-a-picture'; readonly said: string };
}

async function scanImage(file: string, second: SecondReader): Promise<Scanned> {
  let frame: ReturnType<typeof pictureFrom>;
  try {
    frame = pictureFrom(await readFile(file));
  } catch (error) {
    return { file, found: [], fault: { code: 'unreadable', said: (error as Error).message } };
  }
  if (frame === undefined) return { file, found: [], fault: { code: 'not-a-picture', said: '' } };
  const findings = await scan(frame, { effort: 'thorough', second });
  return {
    file,
    found: findings.map(({ format, text, bytes, points }) => ({
      format,
      text,
      bytes: Buffer.from(bytes).toString('base64'),
      points,
    })),
  };
}
