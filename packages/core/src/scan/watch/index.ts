export type { Advice } from './advice.ts';
export { type Look, openWatch, type Watch, type WatchOptions } from './watch.ts';
