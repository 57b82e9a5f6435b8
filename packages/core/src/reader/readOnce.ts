import type { IdentityEvidence } from '../identity/evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReaderFailure } from '../ports/idReader.ts';
import { err, type Failure, ok, type Result } from '../result.ts';
import { chipEvidence } from './chipEvidence.ts';
import { type ChipText, readNewAddress, readText, textLength } from './chipText.ts';
import { type Command, failureOf, lengthsAhead, misheard, status, success } from './commands.ts';
import type { Reply, Talk } from './talk.ts';

/** What one look for a card gave. */
export interface Seen {
  /** A card was taken hold of: it must be lifted before it is found again. */
  readonly taken: boolean;
  /** `undefined` when no card was found, or whoever waited for it has gone. */
  readonly outcome?: Result<IdentityEvidence, ReaderFailure>;
}

/** Milliseconds a reader has to answer: finding and selecting take some 300, reading a chip more than 1,000. */
const patience: Readonly<Partial<Record<Command, number>>> = {
  readText: 3_000,
  readNewAddress: 3_000,
};
const shortPatience = 1_000;
const attempts = 3;

/** Looks for a card once; finds, selects and reads it when there is one. */
export async function readOnce(
  talk: Talk,
  device: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Seen> {
  const noise = talk.noise();
  const found = await persist(talk, 'find', () => true);
  if (!found.ok)
    return { taken: false, ...(found.error !== 'nothing' && { outcome: err(found.error) }) };
  // A card may have been selected though the reply was lost, and is refused then when it is selected again: whether
  // it was shows in whether it can be read.
  const selected = await persist(talk, 'select', () => true);
  if (!selected.ok && selected.error !== 'read-failed')
    return { taken: true, outcome: settled(selected) };
  // Whoever waited has gone: what the card says is nobody's business now.
  if (signal.aborted) return { taken: true };
  const chip = await readChip(talk);
  if (!chip.ok) return { taken: true, outcome: chip };
  if (talk.noise() !== noise) {
    // The check of a message is one byte: noise gets past it once in 256. What it wrote, it does not write twice.
    const again = await readChip(talk);
    if (!again.ok) return { taken: true, outcome: again };
    if (JSON.stringify(again.value) !== JSON.stringify(chip.value))
      return { taken: true, outcome: err('read-failed') };
  }
  return { taken: true, outcome: chipEvidence({ ...chip.value, device, now: clock.now() }) };
}

interface Chip {
  readonly text: ChipText;
  readonly newAddress: string | undefined;
}

async function readChip(talk: Talk): Promise<Result<Chip, ReaderFailure>> {
  const text = settled(await persist(talk, 'readText', textOf));
  if (!text.ok) return text;
  if (!text.value.ok)
    return err(text.value.error === 'unknown-kind' ? 'not-served' : 'contradiction');
  const chip = text.value.value;
  const resides = chip.kind === 'resident' || chip.kind === 'hong-kong-macao-taiwan';
  if (!resides) return ok({ text: chip, newAddress: undefined });
  const given = await persist(talk, 'readNewAddress', ({ data }) => [readNewAddress(data)]);
  if (!given.ok && given.error === 'nothing') return ok({ text: chip, newAddress: undefined });
  const address = settled(given);
  if (!address.ok) return address;
  const [newAddress] = address.value;
  // Blank is another way to say that there is none.
  return newAddress === undefined
    ? err('contradiction')
    : ok({ text: chip, newAddress: newAddress || undefined });
}

/** The lengths ahead of the text name it and the photograph, which is overwritten unseen with all the rest. */
function textOf({ data }: Reply): ReturnType<typeof readText> {
  if (!lengthsAhead.every((byte, at) => data[at] === byte)) return err('not-text');
  return readText(data.subarray(lengthsAhead.length, lengthsAhead.length + textLength));
}

type Persisted<T> = Result<T, ReaderFailure | 'nothing'>;

/**
 * Asks until the command succeeds or is refused: again when nothing came in time, and when the reader heard the request
 * damaged. `nothing`: no card, or no address given later.
 */
async function persist<T>(
  talk: Talk,
  command: Command,
  take: (reply: Reply) => T,
): Promise<Persisted<T>> {
  const [sw3, length] = success[command];
  let failure: ReaderFailure | 'nothing' = 'no-answer';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await talk.ask(
      command,
      patience[command] ?? shortPatience,
      (reply): Persisted<T> | Failure<'misheard'> | undefined => {
        if (reply.sw3 === sw3 && reply.data.length === length) return ok(take(reply));
        if (misheard.has(reply.sw3)) return err('misheard');
        if (isNothing(command, reply.sw3)) return err('nothing');
        const refused = failureOf(reply.sw3);
        return refused && err(refused);
      },
    );
    if (answer === undefined) continue;
    if (answer.ok) return answer;
    if (answer.error === 'misheard') continue;
    if (answer.error !== 'read-failed') return answer;
    // A card that was moved may lie still by now.
    failure = answer.error;
  }
  return err(failure);
}

function isNothing(command: Command, sw3: number): boolean {
  return (
    (command === 'find' && sw3 === status.notFound) ||
    (command === 'readNewAddress' && sw3 === status.none)
  );
}

/** Where a command cannot answer "nothing", that it did means that the card is gone. */
function settled<T>(answer: Persisted<T>): Result<T, ReaderFailure> {
  if (answer.ok) return answer;
  return err(answer.error === 'nothing' ? 'read-failed' : answer.error);
}
