import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBinary } from '../bytes.ts';
import { toPem } from '../pem.ts';
import { noon } from './people.ts';

/** A place of the file that a signature covers, but for the gap that holds the signature itself. */
export interface CoveredRange {
  /** End of what comes before the signature, and start of what comes after. */
  readonly before: number;
  readonly after: number;
  readonly end: number;
}

/** Byte ranges as they stand in the text of the file, without our parser. */
export function coveredRanges(pdf: Uint8Array): CoveredRange[] {
  return Array.from(
    toBinary(pdf).matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g),
    ([, a, b, c]) => ({
      before: Number(a),
      after: Number(b),
      end: Number(b) + Number(c),
    }),
  );
}

/** Validators that know nothing of our code, with one certificate that they trust. */
export function openValidators(root: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-sign-'));
  const path = (name: string) => join(folder, name);
  writeFileSync(path('ca.pem'), toPem('CERTIFICATE', root));
  execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
  execFileSync('certutil', [
    '-A',
    '-d',
    `sql:${folder}`,
    '-n',
    'ca',
    '-t',
    'CT,C,C',
    '-i',
    path('ca.pem'),
  ]);

  const run = (tool: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', cwd: folder });
    return { status, said: stdout + stderr };
  };

  return {
    folder,
    run,
    close: () => rmSync(folder, { recursive: true }),

    /** What poppler with NSS says of each signature. It exits 0 whatever it finds. */
    pdfsig(pdf: Uint8Array): { valid: boolean; trusted: boolean; total: boolean }[] {
      writeFileSync(path('signed.pdf'), pdf);
      const { said } = run('pdfsig', '-nssdir', `sql:${folder}`, 'signed.pdf');
      return said
        .split(/^Signature #/m)
        .slice(1)
        .filter((part) => !part.includes('is not signed'))
        .map((part) => ({
          valid: part.includes('Signature Validation: Signature is Valid.'),
          trusted: part.includes('Certificate Validation: Certificate is Trusted.'),
          total: part.includes('Total document signed'),
        }));
    },

    /** Whether OpenSSL finds a CAdES signature with a chain to the root at `signedAt`. */
    opensslAccepts(pdf: Uint8Array, range: CoveredRange, signedAt: Date = noon): boolean {
      const digits = toBinary(pdf.subarray(range.before + 1, range.after - 1));
      writeFileSync(path('signature.der'), Buffer.from(digits, 'hex'));
      writeFileSync(
        path('content.bin'),
        Buffer.concat([pdf.subarray(0, range.before), pdf.subarray(range.after, range.end)]),
      );
      const { status } = run(
        'openssl',
        ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'signature.der'],
        ...['-content', 'content.bin', '-CAfile', 'ca.pem', '-out', 'verified.bin'],
        ...['-attime', `${Math.floor(signedAt.getTime() / 1000)}`],
      );
      return status === 0;
    },

    /** Whether qpdf finds the file without an error or a warning. */
    qpdfAccepts(pdf: Uint8Array): boolean {
      writeFileSync(path('checked.pdf'), pdf);
      return run('qpdf', '--check', 'checked.pdf').status === 0;
    },
  };
}

export type Validators = ReturnType<typeof openValidators>;
