import { readFile } from 'node:fs/promises';
import { fromPem, type PdfVerdict, type Revocation, verifyPdf } from '@tongban/core/sign';
import en from '@tongban/ui/locales/en/staff.json' with { type: 'json' };
import zh from '@tongban/ui/locales/zh-CN/staff.json' with { type: 'json' };
import { Objection, say } from '../words/index.ts';
import type { Command } from './command.ts';

/**
 * `tongban verify FILE.pdf --trust CA.pem`: 1 with every reason when a signature does not hold. Without
 * `--trust` no certificate is trusted, so nothing holds; the rest is still judged. `--revoked` takes what
 * `tongban terminal list --json` prints.
 */
export const verifyCommand: Command = {
  name: 'verify',
  usage: 'FILE.pdf [--trust CA.pem] [--revoked LIST.json] [--signatures NUMBER] [--json]',
  options: {
    trust: { type: 'string' },
    revoked: { type: 'string' },
    signatures: { type: 'string' },
    json: { type: 'boolean' },
  },
  takes: [1, 1],
  async run({ positionals, values }, out) {
    const pdf = await read(positionals[0] ?? '');
    const trust = values.trust === undefined ? [] : await certificates(String(values.trust));
    const expected =
      values.signatures === undefined ? {} : { signatures: whole(values.signatures) };
    const revocation =
      values.revoked === undefined ? undefined : await revocations(String(values.revoked));
    const verdict = await verifyPdf(pdf, trust, expected, revocation);
    const lines = values.json === true ? [JSON.stringify(verdict, null, 2)] : inWords(verdict);
    for (const line of lines) out.result(line);
    return verdict.holds ? 0 : 1;
  },
};

function whole(text: string | boolean): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Objection(say('tongban', 'no-number', { text: String(text) }));
}

function inWords({ holds, problems, signatures }: PdfVerdict): string[] {
  return [
    say('tongban', holds ? 'holds' : 'does-not-hold'),
    ...problems.map(reason),
    ...signatures.flatMap(({ field, signer, issuer, signedAt, problems }) => [
      `${field}: ${signer} ← ${issuer}, ${signedAt ?? '—'}`,
      ...problems.map((problem) => `${field}: ${reason(problem)}`),
    ]),
  ];
}

/** The same sentence that staff see beside the paper, with its code for whoever looks it up. */
function reason(problem: keyof typeof zh.verdict & keyof typeof en.verdict): string {
  return `${zh.verdict[problem]} ${en.verdict[problem]} [${problem}]`;
}

async function certificates(path: string): Promise<Uint8Array[]> {
  const found = fromPem('CERTIFICATE', (await read(path)).toString('utf8'));
  if (found.length === 0) {
    throw new Objection(say('tongban', 'verify-trust-empty', { file: path }));
  }
  return found;
}

/** Reads what `tongban terminal list --json` prints. */
async function revocations(path: string): Promise<Revocation> {
  const revoked = new Map<string, Date>();
  for (const { serial, from } of rowsOf((await read(path)).toString('utf8'))) {
    const moment = new Date(String(from));
    if (typeof serial === 'string' && !Number.isNaN(moment.getTime())) revoked.set(serial, moment);
    else throw new Objection(say('tongban', 'verify-revoked-wrong', { file: path }));
  }
  return { revoked };
}

function rowsOf(text: string): readonly { readonly serial?: unknown; readonly from?: unknown }[] {
  try {
    const { revoked } = JSON.parse(text) as { revoked?: unknown };
    if (Array.isArray(revoked)) return revoked;
  } catch {
    // Said below: a list that cannot be read must not count as an empty one.
  }
  return [{}];
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const said = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Objection(say('tongban', 'not-there', { file: path, said }));
  }
}
