import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/build/sources.ts';

type Texts = { readonly [key: string]: string | Texts };

const rooms = new Map<string, Texts>();

/**
 * What a screen says in zh-CN, by the key that the page has it from: `journey:sign.submit`. So a journey follows the
 * words, and fails where a screen no longer says them.
 */
export function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const [room = '', path = ''] = key.split(':');
  const found = textAt(textsOf(room), path) ?? textAt(textsOf(room), `${path}_other`);
  if (found === undefined) throw new Error(`No text is called ${key}`);
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${key} also needs ${name}`);
    return String(value);
  });
}

/** As `say`, up to the first value that changes: enough to find a button or a line by. */
export function saying(key: string): string {
  const [room = '', path = ''] = key.split(':');
  const found = textAt(textsOf(room), path) ?? textAt(textsOf(room), `${path}_other`);
  if (found === undefined) throw new Error(`No text is called ${key}`);
  return found.split('{{')[0] ?? '';
}

function textsOf(room: string): Texts {
  const known = rooms.get(room);
  if (known !== undefined) return known;
  const file = join(root, 'packages/ui/locales/zh-CN', `${room}.json`);
  const read = JSON.parse(readFileSync(file, 'utf8')) as Texts;
  rooms.set(room, read);
  return read;
}

function textAt(texts: Texts, path: string): string | undefined {
  const found = path
    .split('.')
    .reduce<string | Texts | undefined>(
      (at, key) => (typeof at === 'object' ? at[key] : undefined),
      texts,
    );
  return typeof found === 'string' ? found : undefined;
}
