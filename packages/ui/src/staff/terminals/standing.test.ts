import { type HealthReport, protocolVersion, type TerminalHealth } from '@tongban/sync/protocol';
import { expect, test } from 'vitest';
import { standings } from './standing.ts';

const asOf = '2026-11-23T10:00:00Z';
const well: HealthReport = {
  appVersion: '0.1.0',
  protocol: protocolVersion,
  catalogueVersion: 'v1',
  unsent: 0,
  setAside: 0,
  persisted: 'granted',
};
const terminal = (name: string, more: Partial<TerminalHealth> = {}): TerminalHealth => ({
  terminal: name,
  name,
  profile: 'kiosk',
  hall: 'nanhu',
  state: 'open',
  heardAt: '2026-11-23T09:59:30Z',
  report: well,
  ...more,
});

test('who needs a hand stands first, the longest unheard before the others; what is closed asks for nothing', () => {
  const found = standings({
    asOf,
    catalogueVersion: 'v1',
    terminals: [
      terminal('1 closed', { state: 'closed', heardAt: '2026-11-01T10:00:00Z' }),
      terminal('2 well'),
      terminal('3 set aside', { report: { ...well, setAside: 1 } }),
      terminal('4 silent', { heardAt: '2026-11-23T09:00:00Z' }),
    ],
  });
  expect(found.map(({ terminal: { name }, needs }) => [name, ...needs])).toEqual([
    ['4 silent', 'silent'],
    ['3 set aside', 'set-aside'],
    ['2 well'],
    ['1 closed'],
  ]);
});
