import { describe, expect, it } from 'vitest';
import { configure as configureFrom, forbiddenSwitch, type ReadText } from './configuration.ts';

const nothing: ReadText = () => undefined;
const configure = (args: readonly string[], packaged: boolean, pages: string, read = nothing) =>
  configureFrom(args, packaged, pages, read);

const centreKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'centre-1' };
const disk =
  (files: Readonly<Record<string, string>>): ReadText =>
  (path) =>
    files[path];

describe('what a terminal is admitted with', () => {
  it('comes from arguments, and the code from a file so that no list of processes shows it', () => {
    const answer = configure(
      ['--hall=nanhu', '--enrolment-code-file=/run/code', '--centre-key-file', '/etc/centre.json'],
      true,
      '/pages',
      disk({
        '/run/code': '4821-0937-5518-2604\n',
        '/etc/centre.json': JSON.stringify(centreKey),
      }),
    );
    expect(answer).toMatchObject({
      ok: true,
      value: {
        installation: { hall: 'nanhu', enrolmentCode: '4821-0937-5518-2604', centreKey },
      },
    });
  });

  it('or from a set-up file, which an argument overrules', () => {
    const setUp = { profile: 'counter', centre: 'https://a.example', hall: 'beita' };
    const read = disk({ '/etc/set-up.json': JSON.stringify(setUp) });
    expect(configure(['--set-up=/etc/set-up.json', '--hall', 'nanhu'], true, '', read)).toEqual({
      ok: true,
      value: {
        profile: 'counter',
        centre: 'https://a.example',
        demonstration: false,
        pages: '',
        installation: { hall: 'nanhu' },
      },
    });
  });

  it('and a reader from either, whether it is plugged in or not', () => {
    const read = disk({
      '/etc/set-up.json': JSON.stringify({ 'card-reader': '/dev/card-reader' }),
    });
    for (const args of [['--card-reader=/dev/card-reader'], ['--set-up', '/etc/set-up.json']])
      expect(configure(args, true, '', read)).toMatchObject({
        ok: true,
        value: { cardReader: '/dev/card-reader' },
      });
  });

  it('a hand scanner is named by its device, with how it sends where that is not as usual', () => {
    const path = '/dev/ttyACM0';
    const read = disk({
      '/etc/set-up.json': JSON.stringify({
        'hand-scanner': path,
        'hand-scanner-baud': '115200',
        'hand-scanner-end': 'crlf',
      }),
    });
    expect(configure([`--hand-scanner=${path}`], true, '')).toMatchObject({
      value: { handScanner: { path, baudRate: 9_600, end: 'pause' } },
    });
    expect(configure(['--set-up=/etc/set-up.json'], true, '', read)).toMatchObject({
      value: { handScanner: { path, baudRate: 115_200, end: 'crlf' } },
    });
  });

  it('a code whose file is gone was used: the terminal starts', () => {
    expect(configure(['--enrolment-code-file=/run/code'], true, '')).toMatchObject({
      ok: true,
      value: { installation: {} },
    });
  });

  it.each([
    [['--set-up=/gone'], 'set-up-unreadable'],
    [['--set-up=/torn'], 'set-up-unreadable'],
    [['--set-up=/unknown'], 'set-up-unreadable'],
    [['--hall=Nan Hu'], 'hall-malformed'],
    [['--card-reader=ttyUSB0'], 'card-reader-malformed'],
    [['--card-reader='], 'card-reader-malformed'],
    [['--hand-scanner=ttyACM0'], 'hand-scanner-malformed'],
    [['--hand-scanner=/dev/ttyACM0', '--hand-scanner-baud=fast'], 'hand-scanner-malformed'],
    [['--hand-scanner=/dev/ttyACM0', '--hand-scanner-end=stx'], 'hand-scanner-malformed'],
    [['--hand-scanner-end=cr'], 'hand-scanner-malformed'],
    [['--enrolment-code-file=/torn'], 'enrolment-code-malformed'],
    [['--centre-key-file=/gone'], 'centre-key-unreadable'],
    [['--centre-key-file=/torn'], 'centre-key-unreadable'],
    [['--centre-key-file=/private'], 'centre-key-unreadable'],
  ])('%j is refused as %s', (args, error) => {
    const read = disk({
      '/torn': '{',
      '/unknown': '{"halls":"nanhu"}',
      '/private': JSON.stringify({ ...centreKey, d: 'secret' }),
    });
    expect(configure(args, true, '/pages', read)).toEqual({ ok: false, error });
  });
});

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
        installation: {},
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
