import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AuditHead } from '../database/appendAudit.ts';
import { writeDurably } from '../keys/durableFile.ts';

const folderOf = (dataFolder: string) => join(dataFolder, 'audit-heads');
/** Where the one link was kept before each process had a file of its own. */
const oldFile = (dataFolder: string) => join(dataFolder, 'audit-head.json');
const dayMs = 86_400_000;

/** One link of the chain as a process knew it, outside the database. */
export interface Anchor {
  readonly file: string;
  /** `undefined` when the file is damaged: whatever it remembered is not known to be there. */
  readonly head: RememberedHead | undefined;
}

/** A link with the life of the database in which it was written; not named in files from before lives were. */
export interface RememberedHead extends AuditHead {
  readonly epoch?: string;
}

/**
 * Last links of the chain as they were known outside the database, one for each process that wrote. A chain alone does
 * not show that its end was cut off; these do, and they tell a database restored from a backup from one that went on.
 */
export async function readAnchors(dataFolder: string): Promise<Anchor[]> {
  const names = await readdir(folderOf(dataFolder)).catch(noneIfMissing);
  const files = names
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folderOf(dataFolder), name));
  const anchors: Anchor[] = [];
  for (const file of [oldFile(dataFolder), ...files]) {
    const text = await readFile(file, 'utf8').catch(noneIfMissing);
    // Another process may have let go of its file since the folder was read.
    if (typeof text === 'string') anchors.push({ file, head: parse(text) });
  }
  return anchors;
}

function noneIfMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

function parse(text: string): RememberedHead | undefined {
  try {
    const value = JSON.parse(text) as Partial<RememberedHead> | null;
    if (typeof value?.seq !== 'number' || typeof value.hash !== 'string') return undefined;
    const { seq, hash, epoch } = value;
    return { seq, hash, ...(typeof epoch === 'string' ? { epoch } : {}) };
  } catch {
    return undefined;
  }
}

/** Forgets anchors that the database answered for, once the newest link is kept elsewhere. */
export async function forgetAnchors(anchors: readonly Anchor[]): Promise<void> {
  for (const { file } of anchors) await rm(file, { force: true });
}

/** Those that no process has touched for a day, so that starts do not pile them up. */
export async function leftBehind(anchors: readonly Anchor[], now: Date): Promise<Anchor[]> {
  const old: Anchor[] = [];
  for (const anchor of anchors) {
    const touched = await stat(anchor.file).catch(() => undefined);
    if (touched !== undefined && now.getTime() - touched.mtimeMs > dayMs) old.push(anchor);
  }
  return old;
}

export interface AnchorWriter {
  note(head: RememberedHead): void;
  /** A new life of the database began: what comes next counts, be its number lower. */
  forget(): void;
  /** Resolves once the link that is the newest now, or a later one, is on the disk, or could not be put there. */
  settle(): Promise<void>;
  /** Name of this process's own file. */
  readonly name: string;
}

/** Writes the newest link soon after each commit, many commits in one write, to a file that no other process writes. */
export function startAnchor(dataFolder: string, onFailure: (error: unknown) => void): AnchorWriter {
  const file = join(folderOf(dataFolder), `${randomUUID()}.json`);
  let newest: RememberedHead | undefined;
  let written: RememberedHead | undefined;
  let working = false;
  /** Wait for the next write that begins: it takes the newest link along. */
  const waiting: (() => void)[] = [];

  const isBehind = () => newest !== undefined && newest !== written;

  async function work(): Promise<void> {
    try {
      for (let head = newest; head !== undefined && head !== written; head = newest) {
        const served = waiting.splice(0);
        try {
          await mkdir(folderOf(dataFolder), { recursive: true, mode: 0o700 });
          await writeDurably(file, JSON.stringify(head));
          written = head;
        } finally {
          for (const done of served) done();
        }
      }
    } catch (error) {
      onFailure(error);
    }
    // In the same turn as the last look: whoever comes from here on begins anew.
    working = false;
    for (const done of waiting.splice(0)) done();
  }
  function start(): void {
    if (working || !isBehind()) return;
    working = true;
    void work();
  }
  return {
    name: basename(file),
    note: (head) => {
      // Commits may be told out of order; the chain only grows.
      if (newest === undefined || head.seq > newest.seq) newest = head;
      start();
    },
    forget: () => {
      newest = undefined;
    },
    settle: () => {
      if (!isBehind()) return Promise.resolve();
      const kept = new Promise<void>((resolve) => waiting.push(resolve));
      start();
      return kept;
    },
  };
}
