import type { Session } from 'electron';
import { describe, expect, test } from 'vitest';
import { guardSession, type Refusal } from './guards.ts';

type Handler = (...given: unknown[]) => unknown;

/** A session that keeps what it is told to ask. */
function guarded() {
  const asked: Record<string, Handler> = {};
  const refused: Refusal[] = [];
  const keep = (name: string) => (handler: Handler) => {
    asked[name] = handler;
  };
  guardSession(
    {
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      on: (name: string, handler: Handler) => keep(name)(handler),
    } as unknown as Session,
    (refusal) => refused.push(refusal),
  );
  const ask = (name: string, ...given: unknown[]) => asked[name]?.(...given);
  return { ask, refused };
}

const page = 'app://tongban/kiosk/';

describe('a device that is plugged in', () => {
  test.each(['usb', 'serial', 'hid'])('%s is given to no page, our own neither', (deviceType) => {
    const { ask, refused } = guarded();
    expect(ask('device', { deviceType, origin: 'app://tongban' })).toBe(false);
    expect(ask('check', null, deviceType, page)).toBe(false);
    expect(refused).toEqual([{ what: 'device', detail: deviceType }]);
  });
});

test('the camera is for our own page alone', () => {
  const { ask } = guarded();
  expect(ask('check', null, 'media', page)).toBe(true);
  expect(ask('check', null, 'media', 'https://example.invalid/')).toBe(false);
});
