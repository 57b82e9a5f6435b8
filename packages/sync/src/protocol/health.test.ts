import { describe, expect, test } from 'vitest';
import { type HealthReport, needsOf } from './health.ts';
import { protocolVersion } from './probe.ts';

const now = new Date('2026-11-23T10:00:00Z');
const well: HealthReport = {
  appVersion: '0.1.0',
  protocol: protocolVersion,
  catalogueVersion: 'v2',
  lastPull: '2026-11-23T09:59:30Z',
  unsent: 0,
  setAside: 0,
  room: 4_000_000_000,
  persisted: 'granted',
  skew: 400,
};
const heardAt = '2026-11-23T09:59:30Z';
const needsWith = (changed: Partial<HealthReport>, at = heardAt) =>
  needsOf({ heardAt: at, report: { ...well, ...changed } }, now, 'v2');

describe('who needs a hand', () => {
  test('[T5] nobody whose work goes on, also with something under way or a browser that does not tell', () => {
    const { room: _room, skew: _skew, ...untold } = well;
    expect(needsWith({})).toEqual([]);
    expect(needsWith({ unsent: 3, oldestUnsent: '2026-11-23T09:30:00Z' })).toEqual([]);
    expect(needsWith({ persisted: 'unasked' })).toEqual([]);
    expect(needsOf({ heardAt, report: untold }, now, 'v2')).toEqual([]);
  });

  test.each([
    ['set-aside', { setAside: 1 }],
    ['unsent', { unsent: 1, oldestUnsent: '2026-11-23T08:59:00Z' }],
    ['room', { room: 200_000_000 }],
    ['not-kept', { persisted: 'refused' }],
    ['clock', { skew: 181_000 }],
    ['clock', { skew: -181_000 }],
    ['old-app', { protocol: protocolVersion - 1 }],
    ['old-catalogue', { catalogueVersion: 'v1' }],
  ] as const)('[T5] %s: %j', (need, changed) => {
    expect(needsWith(changed)).toEqual([need]);
  });

  test('[T5] one that is silent, or was never heard; the most pressing first', () => {
    expect(needsWith({}, '2026-11-23T09:49:00Z')).toEqual(['silent']);
    expect(needsWith({ setAside: 2, persisted: 'refused' }, '2026-11-23T09:00:00Z')).toEqual([
      'silent',
      'set-aside',
      'not-kept',
    ]);
    expect(needsOf({}, now, 'v2')).toEqual(['never-heard']);
  });
});
