import type { BeginFailure, IdentityEvidence, Receipt, Result, Target } from '@tongban/core';
import { err, ok } from '@tongban/core';
import type { HandoverFailure, VisitSpace } from '@tongban/sync';
import { describe, expect, test } from 'vitest';
import { createActor, fromPromise, SimulatedClock, waitFor } from 'xstate';
import { type BeginInput, type EndInput, type Opened, visitMachine } from './machine.ts';

const permit: Target = { kind: 'item', id: 'residence-permit' };
const evidence = { source: 'card-reader' } as IdentityEvidence;

/** `trouble` is what the disk does to each of the four. */
function begin(answer: 'ok' | 'quota-exceeded' = 'ok', trouble: Trouble = {}) {
  const begun: BeginInput[] = [];
  const ended: string[][] = [];
  const left: string[] = [];
  const fresh: string[] = [];
  const clock = new SimulatedClock();
  let number = 0;
  const opened = () => ({ space: { id: `space-${++number}` }, visit: {} }) as unknown as Opened;
  const actor = createActor(
    visitMachine.provide({
      actions: { leavePage: () => void fresh.push('page') },
      actors: {
        begin: fromPromise<Result<Opened, BeginFailure>, BeginInput>(async ({ input }) => {
          begun.push(input);
          if (trouble.begin !== undefined) throw trouble.begin;
          return answer === 'ok' ? ok(opened()) : err(answer);
        }),
        resume: fromPromise<Result<Opened, BeginFailure | HandoverFailure>, { code: string }>(
          async ({ input }) => {
            if (trouble.resume !== undefined) throw trouble.resume;
            return input.code === 'TBH1:good.key' ? ok(opened()) : err('expired');
          },
        ),
        leave: fromPromise<void, { space: VisitSpace }>(async ({ input }) => {
          left.push(input.space.id);
          if (trouble.leave !== undefined) throw trouble.leave;
        }),
        end: fromPromise<void, EndInput>(async ({ input }) => {
          ended.push(input.spaces.map((space) => space.id));
          if (trouble.end === 'silence') await new Promise(() => undefined);
          if (trouble.end !== undefined) throw trouble.end;
        }),
      },
    }),
    { clock },
  );
  actor.start();
  const at = (state: string) => waitFor(actor, (snapshot) => stateOf(snapshot.value) === state);
  return { actor, at, begun, ended, left, fresh, clock };
}

interface Trouble {
  readonly begin?: Error;
  readonly resume?: Error;
  readonly leave?: Error;
  readonly end?: Error | 'silence';
}

function stateOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[outer, inner] = ['', '']] = Object.entries(value as Record<string, string>);
  return `${outer}.${inner}`;
}

describe('a visit at the terminal', () => {
  test('from the home to an application, and its space ends with the visit', async () => {
    const { actor, at, ended } = begin();
    actor.send({ type: 'choose', way: 'event', within: 'moving' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('applying.journey');
    actor.send({ type: 'end' });
    await at('ended');
    expect(ended).toEqual([['space-1']]);
  });

  test('an application that cannot be begun says why in the list', async () => {
    const { actor, at } = begin('quota-exceeded');
    actor.send({ type: 'choose', way: 'search' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('choosing');
    expect(actor.getSnapshot().context.failure).toBe('quota-exceeded');
  });

  test('a second application knows who is there, and both spaces end', async () => {
    const { actor, at, begun, ended } = begin();
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('applying.journey');
    actor.send({ type: 'identified', evidence });
    actor.send({ type: 'another' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('applying.journey');
    expect(begun.map((input) => input.evidence)).toEqual([undefined, evidence]);
    actor.send({ type: 'end' });
    actor.send({ type: 'end' });
    await at('ended');
    expect(ended).toEqual([['space-1', 'space-2']]);
  });

  test('back from the first screen leaves nothing of that application', async () => {
    const { actor, at, left, ended } = begin();
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('applying.journey');
    actor.send({ type: 'back' });
    await at('choosing');
    expect(left).toEqual(['space-1']);
    actor.send({ type: 'end' });
    await at('ended');
    expect(ended).toEqual([[]]);
  });

  test('whoever goes back to the home after a card was read ends the visit: the next one there is somebody else', async () => {
    const { actor, at, ended } = begin();
    actor.send({ type: 'identified', evidence });
    await at('choosing');
    expect(actor.getSnapshot().context).toMatchObject({ evidence, way: 'event' });
    actor.send({ type: 'back' });
    await at('ended');
    expect(ended).toEqual([[]]);
  });

  test('back to the home after an application was submitted ends its space with the visit', async () => {
    const { actor, at, ended } = begin();
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('applying.journey');
    actor.send({ type: 'another' });
    actor.send({ type: 'back' });
    await at('ended');
    expect(ended).toEqual([['space-1']]);
  });

  test.each(['choose', 'ask', 'print', 'resume'] as const)(
    'back from “%s” is the home as it was while nobody is known',
    (door) => {
      const { actor } = begin();
      actor.send(door === 'choose' ? { type: door, way: 'event' } : { type: door });
      actor.send({ type: 'back' });
      expect(actor.getSnapshot().value).toBe('home');
    },
  );

  test('a code says by itself what it is for: who is there, or which receipt', () => {
    const { actor } = begin();
    actor.send({ type: 'resume' });
    actor.send({ type: 'identified', evidence });
    expect(actor.getSnapshot().value).toBe('choosing');
    expect(actor.getSnapshot().context.evidence).toBe(evidence);

    const asking = begin();
    const receipt = { number: '320101' } as Receipt;
    asking.actor.send({ type: 'resume' });
    asking.actor.send({ type: 'ask', receipt });
    expect(asking.actor.getSnapshot().value).toBe('asking');
    expect(asking.actor.getSnapshot().context.receipt).toBe(receipt);
  });

  test('a draft from the phone goes on here; an expired code says so and another can be shown', async () => {
    const { actor, at } = begin();
    actor.send({ type: 'resume' });
    actor.send({ type: 'code', code: 'TBH1:old.key' });
    await waitFor(actor, (snapshot) => snapshot.context.failure === 'expired');
    actor.send({ type: 'code', code: 'TBH1:good.key' });
    await at('applying.journey');
  });

  test('handing over ends the visit here', async () => {
    const { actor, at } = begin();
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('applying.journey');
    actor.send({ type: 'give' });
    await at('applying.giving');
    actor.send({ type: 'given' });
    await at('ended');
  });
});

describe('a visit on a disk that says no', () => {
  const refusal = new DOMException('The disk is gone', 'UnknownError');
  const apply = ({ actor, at }: ReturnType<typeof begin>) => {
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    return at('applying.journey');
  };

  test('what beginning has no words for goes to the boundary, and stands nowhere', async () => {
    const { actor, at } = begin('ok', { begin: refusal });
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    await at('broken');
    expect(actor.getSnapshot().context.bug).toBe(refusal);
  });

  test('so does what going on from another device has no words for', async () => {
    const { actor, at } = begin('ok', { resume: refusal });
    actor.send({ type: 'code', code: 'TBH1:good.key' });
    await at('broken');
    expect(actor.getSnapshot().context.bug).toBe(refusal);
  });

  test('an application that cannot be left ends with the whole visit', async () => {
    const scene = begin('ok', { leave: refusal });
    await apply(scene);
    scene.actor.send({ type: 'back' });
    await scene.at('ended');
    expect(scene.ended).toEqual([['space-1']]);
    expect(scene.fresh).toEqual(['page']);
  });

  test('the page goes even where ending fails', async () => {
    const scene = begin('ok', { end: refusal });
    await apply(scene);
    scene.actor.send({ type: 'end' });
    await scene.at('ended');
    expect(scene.fresh).toEqual(['page']);
  });

  test('the page goes even where ending never answers', async () => {
    const scene = begin('ok', { end: 'silence' });
    await apply(scene);
    scene.actor.send({ type: 'end' });
    expect(scene.actor.getSnapshot().value).toBe('ending');
    scene.clock.increment(10_000);
    expect(scene.actor.getSnapshot().value).toBe('ended');
    expect(scene.fresh).toEqual(['page']);
  });
});
