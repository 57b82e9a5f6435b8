import type { BeginFailure, IdentityEvidence, Receipt, Result, Target } from '@tongban/core';
import { err, ok } from '@tongban/core';
import type { HandoverFailure, VisitSpace } from '@tongban/sync';
import { describe, expect, test } from 'vitest';
import { createActor, fromPromise, waitFor } from 'xstate';
import { type BeginInput, type EndInput, type Opened, visitMachine } from './machine.ts';

const permit: Target = { kind: 'item', id: 'residence-permit' };
const evidence = { source: 'card-reader' } as IdentityEvidence;

function begin(answer: 'ok' | 'quota-exceeded' = 'ok') {
  const begun: BeginInput[] = [];
  const ended: string[][] = [];
  const left: string[] = [];
  let number = 0;
  const opened = () => ({ space: { id: `space-${++number}` }, visit: {} }) as unknown as Opened;
  const actor = createActor(
    visitMachine.provide({
      actors: {
        begin: fromPromise<Result<Opened, BeginFailure>, BeginInput>(async ({ input }) => {
          begun.push(input);
          return answer === 'ok' ? ok(opened()) : err(answer);
        }),
        resume: fromPromise<Result<Opened, BeginFailure | HandoverFailure>, { code: string }>(
          async ({ input }) => (input.code === 'TBH1:good.key' ? ok(opened()) : err('expired')),
        ),
        leave: fromPromise<void, { space: VisitSpace }>(async ({ input }) => {
          left.push(input.space.id);
        }),
        end: fromPromise<void, EndInput>(async ({ input }) => {
          ended.push(input.spaces.map((space) => space.id));
        }),
      },
    }),
  );
  actor.start();
  const at = (state: string) => waitFor(actor, (snapshot) => stateOf(snapshot.value) === state);
  return { actor, at, begun, ended, left };
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
