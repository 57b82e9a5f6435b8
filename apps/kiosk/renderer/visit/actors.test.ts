import type { Target } from '@tongban/core';
import type { VisitSpace } from '@tongban/sync';
import { describe, expect, test } from 'vitest';
import { createActor, waitFor } from 'xstate';
import type { Terminal } from '../terminal/terminal.ts';
import { endAll, visitOn } from './actors.ts';

const permit: Target = { kind: 'item', id: 'residence-permit' };

interface Disk {
  readonly openVisit: () => Promise<VisitSpace>;
  readonly take?: () => Promise<never>;
}

/** A terminal of which only the disk matters. */
function on({ openVisit, take }: Disk) {
  const device = { room: async () => undefined, openVisit, handover: { take } };
  const terminal = { device, ports: () => ({}) } as unknown as Terminal;
  const actor = createActor(visitOn(terminal).provide({ actions: { leavePage: () => undefined } }));
  actor.start();
  return actor;
}

function space(name: string, ended: string[], failing = false): VisitSpace {
  return {
    id: name,
    async end() {
      if (failing) throw new DOMException('no', 'UnknownError');
      ended.push(name);
    },
  } as VisitSpace;
}

describe('what a visit does to a disk that says no', () => {
  test.each([
    ['QuotaExceededError', 'quota-exceeded'],
    ['UnknownError', 'storage-refused'],
  ])('%s at the beginning is said in the list', async (name, failure) => {
    const actor = on({ openVisit: () => Promise.reject(new DOMException('no', name)) });
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    const state = await waitFor(actor, (now) => now.context.failure !== undefined);
    expect(state.value).toBe('choosing');
    expect(state.context.failure).toBe(failure);
  });

  test('a code that cannot be kept here says so, and its space ends', async () => {
    const ended: string[] = [];
    const actor = on({
      openVisit: async () => space('a', ended),
      take: () => Promise.reject(new DOMException('no', 'QuotaExceededError')),
    });
    actor.send({ type: 'code', code: 'TBH1:x' });
    const state = await waitFor(actor, (now) => now.context.failure !== undefined);
    expect(state.value).toEqual({ resuming: 'showing' });
    expect(state.context.failure).toBe('quota-exceeded');
    expect(ended).toEqual(['a']);
  });

  test('a bug in it is no answer of the disk', async () => {
    const actor = on({ openVisit: () => Promise.reject(new TypeError('a bug')) });
    actor.send({ type: 'choose', way: 'event' });
    actor.send({ type: 'take', target: permit, language: 'zh-CN' });
    const state = await waitFor(actor, (now) => now.matches('broken'));
    expect(state.context.bug).toBeInstanceOf(TypeError);
  });

  test('a space that opens only after the end is ended as well', async () => {
    const ended: string[] = [];
    const opening = Promise.withResolvers<VisitSpace>();
    const closed = Promise.withResolvers<void>();
    const actor = on({
      openVisit: () => opening.promise,
      take: async () => ({ ok: false, error: 'expired' }) as never,
    });
    actor.send({ type: 'code', code: 'TBH1:x' });
    actor.send({ type: 'end' });
    await waitFor(actor, (now) => now.matches('ended'));
    opening.resolve({
      id: 'late',
      async end() {
        ended.push('late');
        closed.resolve();
      },
    } as VisitSpace);
    await closed.promise;
    expect(ended).toEqual(['late']);
  });
});

test('one space that cannot be ended does not keep the key of another', async () => {
  const ended: string[] = [];
  const spaces = [space('broken', ended, true), space('whole', ended)];
  await expect(endAll(spaces)).rejects.toThrow('no');
  expect(ended).toEqual(['whole']);
});
