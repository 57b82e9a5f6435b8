import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditHead } from '../database/database.ts';
import { writeDurably } from '../keys/durableFile.ts';

const fileOf = (dataFolder: string) => join(dataFolder, 'audit-head.json');

/**
 * Last link of the chain as it was known outside the database. A chain alone does not show that its end was cut off;
 * this file does, and it tells a database restored from a backup from one that went on.
 */
export async function readAnchor(dataFolder: string): Promise<AuditHead | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(dataFolder), 'utf8')) as AuditHead;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export interface AnchorWriter {
  note(head: AuditHead): void;
  /** Resolves once the newest link is on the disk. */
  settle(): Promise<void>;
}

/** Writes the newest link soon after each commit, many commits in one write. */
export function startAnchor(dataFolder: string, onFailure: (error: unknown) => void): AnchorWriter {
  let newest: AuditHead | undefined;
  let written: AuditHead | undefined;
  let writing: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (newest !== undefined && newest !== written) {
      const head = newest;
      await writeDurably(fileOf(dataFolder), JSON.stringify(head));
      written = head;
    }
  }
  function start(): Promise<void> {
    writing ??= work().finally(() => {
      writing = undefined;
    });
    return writing;
  }
  return {
    note: (head) => {
      // Commits may be told out of order; the chain only grows.
      if (newest === undefined || head.seq > newest.seq) newest = head;
      start().catch(onFailure);
    },
    settle: async () => {
      await start();
    },
  };
}
