/** Looks in a row that have to say the same before it is said to the person. */
const agreeing = 2;
/** Milliseconds for which a sentence stays: what changes faster cannot be read, nor read aloud. */
const least = 1_200;

/** Steadies what many looks a second say: a hand at a limit would have the words change with each frame. */
export function settling<T>(first: T): (next: T, now: number) => T {
  let said = { what: first, since: Number.NEGATIVE_INFINITY };
  let waiting = { what: first, count: 0 };
  return (next, now) => {
    waiting =
      waiting.what === next ? { what: next, count: waiting.count + 1 } : { what: next, count: 1 };
    if (next !== said.what && waiting.count >= agreeing && now - said.since >= least)
      said = { what: next, since: now };
    return said.what;
  };
}
