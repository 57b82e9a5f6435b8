import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaperFonts } from '../font.ts';

const require = createRequire(import.meta.url);

/** Noto Sans SC Regular, as the apps load it. */
export const notoSans: PaperFonts = {
  regular: new Uint8Array(
    readFileSync(
      require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    ),
  ),
};

/** Runs `use` in a folder of its own that is removed afterwards. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-paper-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a tool on a PDF (its path replaces `{pdf}`) and gives what it printed. Throws when the tool fails. */
export function runOnPdf(pdf: Uint8Array, tool: string, ...args: string[]): string {
  return inFolder((folder) => {
    const path = join(folder, 'paper.pdf');
    writeFileSync(path, pdf);
    return execFileSync(
      tool,
      args.map((arg) => arg.replace('{pdf}', path)),
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  });
}

/** One page as grey values, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** Rasters a page as poppler shows it. */
export function rasterPage(pdf: Uint8Array, page: number, dpi: number): Raster {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'paper.pdf'), pdf);
    const args = ['-r', `${dpi}`, '-f', `${page}`, '-l', `${page}`, '-gray', '-singlefile'];
    execFileSync('pdftoppm', [...args, 'paper.pdf', 'page'], { cwd: folder });
    return readPgm(readFileSync(join(folder, 'page.pgm')));
  });
}

/** A photograph as a camera would bring it: a real JPEG, made from a page. */
export function photograph(pdf: Uint8Array): Uint8Array {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'paper.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', '120', '-jpeg', '-singlefile', 'paper.pdf', 'page'], {
      cwd: folder,
    });
    return new Uint8Array(readFileSync(join(folder, 'page.jpg')));
  });
}

function readPgm(file: Uint8Array): Raster {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(
    new TextDecoder('latin1').decode(file.subarray(0, 64)),
  );
  if (!head) throw new Error('pdftoppm wrote no binary PGM');
  return {
    width: Number(head[1]),
    height: Number(head[2]),
    grey: file.subarray(head[0].length),
  };
}
