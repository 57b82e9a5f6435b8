import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditHash, firstBreak, genesis } from './chain.ts';

const events = ['terminal.enrolled', 'case.received', 'case.accepted', 'case.granted'] as const;

async function chain(length: number): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let previous = genesis;
  for (let seq = 1; seq <= length; seq++) {
    const entry = {
      seq,
      at: `2026-11-23T06:00:${String(seq).padStart(2, '0')}.000Z`,
      event: events[seq % events.length] ?? 'case.received',
      actor: 'centre',
      subject: `case-${seq}`,
      correlation: 'c-1',
      detail: { rule: seq, 说明: '补正' },
      previous,
    };
    const hash = await auditHash(entry);
    entries.push({ ...entry, hash });
    previous = hash;
  }
  return entries;
}

describe('the audit chain', () => {
  it('holds when it was left alone, also as a stream', async () => {
    const entries = await chain(6);
    expect(await firstBreak(entries)).toBeUndefined();
    expect(await firstBreak([])).toBeUndefined();
    const stream = async function* () {
      yield* entries;
    };
    expect(await firstBreak(stream())).toBeUndefined();
  });

  it('does not depend on the order of members, as a database may give them back', async () => {
    const [first] = await chain(1);
    const turned = Object.fromEntries(
      Object.entries(first ?? {}).reverse(),
    ) as unknown as AuditEntry;
    expect(await firstBreak([turned])).toBeUndefined();
  });

  it('shows the first entry that anyone touched, however they went about it', async () => {
    const entries = await chain(6);
    const place = fc.integer({ min: 0, max: 5 });
    await fc.assert(
      fc.asyncProperty(
        place,
        fc.constantFrom('at', 'event', 'actor', 'subject'),
        async (at, member) => {
          const changed = entries.map((entry, i) =>
            i === at ? { ...entry, [member]: 'x' } : entry,
          );
          expect(await firstBreak(changed)).toEqual({ seq: at + 1, why: 'altered' });
        },
      ),
    );
  });

  it('shows an entry rewritten with a hash of its own', async () => {
    const entries = await chain(4);
    const { hash: _, ...second } = { ...(entries[1] as AuditEntry), actor: 'somebody else' };
    entries[1] = { ...second, hash: await auditHash(second) };
    expect(await firstBreak(entries)).toEqual({ seq: 3, why: 'not-linked' });
  });

  it('shows what was taken out, put in or turned round', async () => {
    const entries = await chain(4);
    expect(await firstBreak(entries.toSpliced(1, 1))).toEqual({ seq: 2, why: 'gap' });
    expect(await firstBreak(entries.slice(1))).toEqual({ seq: 1, why: 'gap' });
    expect(await firstBreak(entries.toSpliced(2, 0, entries[1] as AuditEntry))).toEqual({
      seq: 3,
      why: 'gap',
    });
    const [a, b, c, d] = entries as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
    expect(await firstBreak([a, c, b, d])).toEqual({ seq: 2, why: 'gap' });
  });

  it('cannot by itself show that its end was cut off', async () => {
    expect(await firstBreak((await chain(4)).slice(0, 2))).toBeUndefined();
  });
});
