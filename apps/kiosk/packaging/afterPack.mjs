import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Electron's own start page must not stay beside ours: with a broken package it would be what a citizen sees. */
export async function afterPack(context) {
  await rm(join(context.appOutDir, 'resources', 'default_app.asar'), { force: true });
}
