import { shippedCatalogue } from '@tongban/catalogue';
import { describe, expect, it } from 'vitest';
import type { ServiceItem } from '../catalogue/schema.ts';
import { gapDeadline, supplementDeadline } from './deadlines.ts';
import { caseKeptUntil, keptUntil } from './retention.ts';
import { route, valuesOf } from './route.ts';

const item = (id: string) =>
  shippedCatalogue.items.find((candidate) => candidate.id === id) as ServiceItem;

describe('routing', () => {
  it.each([
    ['320199101000', 'police-nanhu', '要登记的户口在南湖区'],
    ['320199203000', 'police-beita', '要登记的户口在北塔区'],
    ['320198000000', 'police', '户口地址不在已划分的街道内，由市局指派'],
  ])('a household in %s goes to %s', (street, department, because) => {
    const routed = route(item('household-registration'), { 'household.street': street });
    expect(routed.department).toBe(department);
    expect(routed.because['zh-CN']).toBe(because);
  });

  it('reads answers as values', () => {
    const values = valuesOf({ 'residence.street': { value: '320199201000', source: 'typed' } });
    expect(route(item('residence-permit'), values)).toMatchObject({
      department: 'police-beita',
      rule: 1,
    });
  });

  it('takes a catalogue without a last rule for the bug that it is', () => {
    expect(() => route({ id: 'x', routing: [] }, {})).toThrow('no last rule');
  });
});

describe('deadlines', () => {
  const monday = new Date('2026-11-23T02:00:00Z');

  it('of a gap come from the material', () => {
    expect(gapDeadline({ gapDays: 10 }, monday)).toEqual({ known: true, date: '2026-12-07' });
    expect(() => gapDeadline({}, monday)).toThrow('cannot be promised');
  });

  it('of a supplement are ten working days', () => {
    expect(supplementDeadline(monday)).toEqual({ known: true, date: '2026-12-07' });
  });
});

describe('retention', () => {
  it('ends so many years after the archive, and never a day later', () => {
    expect(keptUntil({ retentionYears: 10 }, '2026-11-23')).toBe('2036-11-23');
    expect(keptUntil({ retentionYears: 1 }, '2028-02-29')).toBe('2029-02-28');
    expect(keptUntil({ retentionYears: 0 }, '2026-11-23')).toBe('2026-11-23');
  });

  it('of a case is that of its longest-kept field; what fits no item is kept as the longest of all', () => {
    const until = (id: string) => caseKeptUntil(item(id), shippedCatalogue, '2026-11-23');
    expect(until('residence-permit')).toBe('2036-11-23');
    expect(until('sole-trader')).toBe('2056-11-23');
    expect(until('no-such-item')).toBe('2056-11-23');
  });
});
