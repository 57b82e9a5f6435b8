import en from './en.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };

export type Facts = Readonly<Record<string, string | number>>;
type Words = typeof zh;
type Room = keyof Words;

/** A failure that whoever runs the command can put right; its message is the sentence to show, without a stack. */
export class Objection extends Error {
  override readonly name = 'Objection';
}

/** What to show of `error`: the sentence alone for what can be put right, the stack for a bug. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The routing API names in its own way what keeps it from starting.
  const expected = error instanceof Objection || error.name === 'StartFailure';
  return expected ? error.message : (error.stack ?? error.message);
}

/** One sentence for whoever runs a command, in both languages: commands have no profile to ask. */
export function say<R extends Room>(
  room: R,
  key: keyof Words[R] & string,
  facts: Facts = {},
): string {
  return `${fill(pick(zh, room, key), facts)} ${fill(pick(en, room, key), facts)}`;
}

function pick(words: Words, room: Room, key: string): string {
  const text = (words[room] as Readonly<Record<string, string>>)[key];
  if (text === undefined) throw new Error(`There are no words for ${room}.${key}.`);
  return text;
}

function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new Error(`“${text}” lacks ${name}.`);
    return String(fact);
  });
}
