import { join, resolve } from 'node:path';
import { root } from '../build/sources.ts';

/**
 * The data folder that a person names, by option or in `TONGBAN_DATA`, counted from where they stand; else
 * `data` in the project.
 */
export function dataFolderFrom(named: string | undefined): string {
  // npm runs scripts in the project's folder and tells in INIT_CWD where it was called.
  return named === undefined
    ? join(root, 'data')
    : resolve(process.env.INIT_CWD ?? process.cwd(), named);
}
