import { words } from '../words.ts';

const halls: Readonly<Record<string, string>> = words['zh-CN'].hall;

/** Hall of a terminal that names none. */
export const defaultHall = 'nanhu';

/** Human name of a hall (zh-CN); one that has none is shown by its id. */
export function hallName(hall: string): string {
  return halls[hall] ?? hall;
}
