import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FileAddress } from '../ids.ts';
import { blankJpeg } from '../testing/files.ts';
import { beginVisit } from './beginVisit.ts';
import { addresses } from './keeper.ts';
import { identity, stage } from './testing/stage.ts';
import type { Visit } from './visit.ts';

/** What a person, a full disk and a power cut may do, in any order. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const),
    field: fc.constantFrom('residence.basis', 'residence.address', 'result.mailAddress'),
    value: fc.constantFrom('home', 'work', '南湖区桂子路 18 号', ''),
  }),
  fc.record({
    kind: fc.constant('identify' as const),
    who: fc.constantFrom('mother', 'father', 'typed'),
  }),
  fc.record({
    kind: fc.constant('attach' as const),
    material: fc.constantFrom('home-proof', 'work-proof'),
  }),
  fc.record({ kind: fc.constant('detach' as const), nth: fc.nat(2) }),
  fc.record({ kind: fc.constant('promise' as const) }),
  fc.record({ kind: fc.constant('goTo' as const), to: fc.constantFrom('path', 'questions') }),
  fc.record({ kind: fc.constant('disk' as const), full: fc.boolean() }),
  fc.record({ kind: fc.constant('power-cut' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function act(visit: Visit, doing: Step): Promise<unknown> {
  switch (doing.kind) {
    case 'answer':
      return visit.answer(doing.field, doing.value);
    case 'identify':
      return visit.identify(identity[doing.who as keyof typeof identity]);
    case 'attach':
      return visit.attach(doing.material, blankJpeg, 'x.jpg', { name: '丁小禾' });
    case 'detach': {
      const all = Object.entries(visit.snapshot().draft.materials).flatMap(([id, { files }]) =>
        files.map(({ address }) => [id, address] as const),
      );
      const [id, address] = all[doing.nth] ?? [];
      return id === undefined || address === undefined ? undefined : visit.detach(id, address);
    }
    case 'promise':
      return visit.promise('lease-record');
    case 'goTo':
      return visit.goTo(doing.to as 'path');
    case 'disk':
    case 'power-cut':
      return undefined;
  }
}

it('shows exactly what is on the disk, whatever happens and however fast', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, together) => {
      const { ports, disk } = await stage();
      const begun = await beginVisit(ports, { kind: 'item', id: 'residence-permit' });
      if (!begun.ok) throw new Error(begun.error);
      let visit = begun.value;
      const running: Promise<unknown>[] = [];
      for (const doing of steps) {
        if (doing.kind === 'disk') disk.failure = doing.full ? 'quota-exceeded' : undefined;
        if (doing.kind === 'power-cut') {
          await Promise.all(running);
          const stored = await ports.store.load(visit.snapshot().draft.id);
          if (stored === undefined) throw new Error('the draft is gone');
          const again = await beginVisit(ports, stored);
          if (!again.ok) throw new Error(again.error);
          visit = again.value;
        }
        running.push(act(visit, doing));
        if (!together) await running.at(-1);
      }
      await Promise.all(running);
      const { draft } = visit.snapshot();
      expect(await ports.store.load(draft.id)).toEqual(draft);
      const named = addresses(draft);
      expect(new Set(disk.files.keys())).toEqual(named);
      for (const address of named)
        expect(await visit.open(address as FileAddress)).toEqual(blankJpeg);
    }),
    { numRuns: 60 },
  );
});
