import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPageFiles } from './pageFiles.ts';
import { playRound } from './round.ts';
import type { World } from './world.ts';

/** Seeds that once failed, kept with what they found. */
const remembered: readonly (readonly [seed: number, steps: number, found: string])[] = [
  [1005, 100, 'two edits at once began two drafts, and the round looked at the other one'],
  [
    1070,
    100,
    'the round looked before a device heard of the restore; once a verdict bore the name of a life that began after it',
  ],
  [5002, 100, 'put back to one copy twice, the centre lived its first life again'],
  [
    6012,
    100,
    'put back to a copy from just before, a killed centre had not yet remembered what it answered',
  ],
];

let page: Awaited<ReturnType<typeof buildPageFiles>>;

beforeAll(async () => {
  page = await buildPageFiles();
});

afterAll(async () => {
  await page?.remove();
});

test('[C2] after bad days with real browsers, a real centre and a real database nothing is lost, doubled or stuck', async () => {
  const result = await playRound(1, 60, page.files);
  expect(result.faults, result.log.join(', ')).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(10);
});

test('[C2] a round finds what is lost, doubled, done without a word or lies in the clear', async () => {
  const { faults, lost, duplicated } = await playRound(2, 40, page.files, { sabotage });
  async function sabotage(world: World) {
    const sql = (text: string) => world.database.query(text);
    // As the superuser, past the rules that keep the tables whole.
    await sql(`set session_replication_role = replica;
      delete from envelopes where submission_id = (select min(submission_id::text) from cases);
      insert into audit select seq + 1000000, at, event, actor, subject, correlation, detail, previous, hash
        from audit where event = 'envelope.received' order by seq limit 1;
      update scopes set seq = seq + 1 where scope = (select min(scope) from scopes);
      insert into done_actions values ('window3', 'nobody-did-this', '', '', '')`);
    await world.clients[1]
      ?.tab()
      ?.evaluate((name) => localStorage.setItem('left', name), '司徒望舒');
  }
  expect(lost).toBe(1);
  expect(duplicated).toBe(1);
  for (const found of [
    /is shown as received and is not there/,
    /: custody 2 times/,
    /counts \d+, its newest row is/,
    /acts are done, the log knows of/,
    /the log does not hold at/,
    /司徒望舒 in .* as/,
  ])
    expect(faults).toContainEqual(expect.stringMatching(found));
});

test.each(remembered)('[C2] seed %i, %i steps: %s', async (seed, steps) => {
  expect((await playRound(seed, steps, page.files)).faults).toEqual([]);
});
