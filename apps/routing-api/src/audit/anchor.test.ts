import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetAnchors, leftBehind, readAnchors, startAnchor } from './anchor.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-anchor-'));
});
afterEach(() => rm(folder, { recursive: true }));

const hash = (letter: string, length = 43) => letter.repeat(length);
const heads = async () => (await readAnchors(folder)).map(({ head }) => head);

test('[M4] processes that write at the same moment each keep their newest link whole', async () => {
  const failures: unknown[] = [];
  const writers = Array.from({ length: 4 }, () =>
    startAnchor(folder, (error) => failures.push(error)),
  );
  for (let seq = 1; seq <= 20; seq += 1)
    for (const [n, writer] of writers.entries())
      writer.note({ seq: 100 * n + seq, hash: hash('A') });
  await Promise.all(writers.map((writer) => writer.settle()));
  expect(failures).toEqual([]);
  expect((await heads()).map((head) => head?.seq).sort()).toEqual([120, 20, 220, 320].sort());
});

test('[M4] settled is what was told before, however much is told meanwhile; a disk that refuses holds nobody up', async () => {
  const anchor = startAnchor(folder, () => undefined);
  let seq = 0;
  let telling = true;
  const tell = () => {
    if (!telling) return;
    seq += 1;
    anchor.note({ seq, hash: hash('A') });
    setImmediate(tell);
  };
  tell();
  for (let count = 0; count < 20; count += 1) {
    const told = seq;
    await anchor.settle();
    expect((await heads())[0]?.seq).toBeGreaterThanOrEqual(told);
  }
  telling = false;
  await anchor.settle();
  expect((await heads())[0]?.seq).toBe(seq);

  const failures: unknown[] = [];
  const nowhere = startAnchor('/dev/null', (error) => failures.push(error));
  nowhere.note({ seq: 1, hash: hash('A') });
  await nowhere.settle();
  expect(failures).toHaveLength(1);
});

test('[M4] a link told late never replaces a newer one', async () => {
  const anchor = startAnchor(folder, () => undefined);
  anchor.note({ seq: 7, hash: hash('B') });
  anchor.note({ seq: 6, hash: hash('A') });
  await anchor.settle();
  expect(await heads()).toEqual([{ seq: 7, hash: hash('B') }]);
});

test('[M4] a damaged file is an anchor that nothing answers for, not an end of the start', async () => {
  await writeFile(join(folder, 'audit-head.json'), '{"seq":12,"ha');
  expect(await heads()).toEqual([undefined]);
  await writeFile(join(folder, 'audit-head.json'), 'null');
  expect(await heads()).toEqual([undefined]);
  await forgetAnchors(await readAnchors(folder));
  expect(await readAnchors(folder)).toEqual([]);
});

test('[M4] files of processes that are gone for a day do not pile up', async () => {
  const [gone, lives] = [
    startAnchor(folder, () => undefined),
    startAnchor(folder, () => undefined),
  ];
  gone.note({ seq: 1, hash: hash('A') });
  lives.note({ seq: 2, hash: hash('B') });
  await Promise.all([gone.settle(), lives.settle()]);
  const now = new Date('2026-11-25T02:00:00Z');
  await utimes(join(folder, 'audit-heads', lives.name), now, now);
  const before = new Date(now.getTime() - 25 * 3_600_000);
  await utimes(join(folder, 'audit-heads', gone.name), before, before);
  await forgetAnchors(await leftBehind(await readAnchors(folder), now));
  expect(await readdir(join(folder, 'audit-heads'))).toEqual([lives.name]);
});
