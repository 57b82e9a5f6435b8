import { describe, expect, it } from 'vitest';
import { configure, forbiddenSwitch } from './configuration.ts';

describe('configure', () => {
  it('takes profile and centre', () => {
    const answer = configure(
      ['kiosk', '--profile=counter', '--centre', 'https://centre.example'],
      true,
      '/pages',
    );
    expect(answer).toEqual({
      ok: true,
      value: {
        profile: 'counter',
        centre: 'https://centre.example',
        demonstration: false,
        pages: '/pages',
      },
    });
  });

  it.each([
    [['--profile=admin'], 'unknown-profile'],
    [['--centre=nowhere'], 'centre-not-an-origin'],
    [['--centre=https://a.example/path'], 'centre-not-an-origin'],
    [['--centre=https://user@a.example'], 'centre-not-an-origin'],
    [['--centre=http://a.example'], 'centre-not-https'],
    [['--demonstration'], 'demonstration-in-production'],
  ])('%j is refused as %s', (args, error) => {
    expect(configure(args, true, '/pages')).toEqual({ ok: false, error });
  });
});

describe('forbiddenSwitch', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--inspect',
    '--inspect-brk=0',
    '--no-sandbox',
    '--proxy-server=evil',
    '--ignore-certificate-errors',
    '--ignore-certificate-errors-spki-list=x',
    '--use-file-for-fake-video-capture=/tmp/a.y4m',
  ])('%s is not for a terminal', (arg) => {
    expect(forbiddenSwitch(['tongban', '--profile=counter', arg])).toBe(arg);
  });

  it('lets the ordinary ones pass', () => {
    expect(
      forbiddenSwitch(['tongban', '--profile=counter', '--centre=https://a.example']),
    ).toBeUndefined();
  });
});
