import { chanceOf } from './chance.ts';
import { editOf, makeHands, people } from './hands.ts';
import { type Findings, healAndCheck } from './healing.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import type { PageFiles } from './pageFiles.ts';
import { makeWorld, type World } from './world.ts';

export interface RoundResult extends Findings {
  readonly seed: number;
  readonly steps: number;
  readonly acknowledged: number;
  readonly edits: number;
  /** Acts of staff that were acknowledged. */
  readonly decided: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly kills: Ledger['kills'];
  /** Times that a browser came back with another release of the app. */
  readonly updates: number;
  readonly seconds: number;
  readonly log: readonly string[];
}

export interface RoundOptions {
  /** Names of commands that are to come ten times as often. */
  readonly often?: readonly string[];
  /** Does harm once all is at rest, to see that it is found. */
  readonly sabotage?: (world: World) => Promise<void>;
}

/** Values that must not lie on any disk in the clear. */
export const planted = people.flatMap(({ name, residentId, address }) => [
  name,
  residentId,
  address,
]);

/**
 * One round of bad days, its commands drawn from `seed`: two browsers with up to two tabs each, apps that come back in another
 * release, staff who decide, lines
 * that cut, lose, double, hold up and lie, a centre and a database that are killed at any moment or put back to an older
 * copy, disks that fill, clocks that jump. Then everything is made whole, and what must hold is checked.
 */
export async function playRound(
  seed: number,
  steps: number,
  files: PageFiles,
  { often = [], sabotage }: RoundOptions = {},
): Promise<RoundResult> {
  const began = performance.now();
  const chance = chanceOf(seed);
  const ledger = emptyLedger();
  const world = await makeWorld(files);
  try {
    const hands = makeHands(world, chance, chanceOf(~seed), ledger, often);
    for (const client of world.clients) await hands.begin(client);
    for (let step = 0; step < steps; step += 1) await hands.step();
    await hands.settle();
    const findings = await healAndCheck(world, ledger, { planted, editOf, sabotage });
    return {
      seed,
      steps,
      acknowledged: ledger.saved.size,
      edits: [...ledger.edits.values()].reduce((sum, count) => sum + count, 0),
      decided: ledger.decided.size,
      refused: ledger.refused,
      unanswered: ledger.unanswered,
      kills: ledger.kills,
      updates: ledger.updates,
      seconds: Math.round((performance.now() - began) / 1000),
      ...findings,
      log: findings.faults.length > 0 ? ledger.log : [],
    };
  } finally {
    await world.remove();
  }
}
