import { describe, expect, test } from 'vitest';
import { simulatedCards } from './cards.ts';
import { simulatedReader } from './simulatedReader.ts';

const clock = { now: () => new Date('2026-11-23T06:40:00Z') };
const [card] = simulatedCards as [(typeof simulatedCards)[number]];
const never = () => new AbortController().signal;

describe('the simulated reader', () => {
  test('waits for a card, reads it, and names itself as simulated', async () => {
    const { reader, hands } = simulatedReader(clock);
    const read = reader.read(never());
    hands.insert(card);
    expect(await read).toMatchObject({
      ok: true,
      value: { source: 'card-reader', device: 'simulated', attributes: { name: '丁小禾' } },
    });
  });

  test('a card must be lifted before it is read again', async () => {
    const { reader, hands } = simulatedReader(clock);
    hands.insert(card);
    expect((await reader.read(never()))?.ok).toBe(true);
    expect(await reader.read(never())).toEqual({ ok: false, error: 'lift-card' });
    hands.lift();
    const again = reader.read(never());
    hands.insert(card);
    expect((await again)?.ok).toBe(true);
  });

  test('a leaving screen is told nothing', async () => {
    const { reader, hands } = simulatedReader(clock);
    const leave = new AbortController();
    const read = reader.read(leave.signal);
    leave.abort();
    expect(await read).toBeUndefined();
    hands.insert(card);
    expect((await reader.read(never()))?.ok).toBe(true);
  });

  test('an unplugged reader and a moved card are said', async () => {
    const { reader, hands } = simulatedReader(clock);
    hands.plug(false);
    expect(await reader.read(never())).toEqual({ ok: false, error: 'no-reader' });
    hands.plug(true);
    hands.smudge();
    hands.insert(card);
    expect(await reader.read(never())).toEqual({ ok: false, error: 'read-failed' });
  });
});
