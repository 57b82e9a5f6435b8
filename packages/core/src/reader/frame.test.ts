import { describe, expect, test } from 'vitest';
import { commands, longestReply, success } from './commands.ts';
import { frame, frameStream } from './frame.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const found = 'AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97';
const foundBody = '00009f00000000';

/** Bodies found in `bytes` that arrive in pieces of `size`, and what was skipped. */
function inPieces(bytes: Uint8Array, size = bytes.length, longest = longestReply) {
  const bodies: string[] = [];
  const stream = frameStream(longest, (body) => bodies.push(Buffer.from(body).toString('hex')));
  for (let at = 0; at < bytes.length; at += size) stream.take(bytes.slice(at, at + size));
  return { bodies, skipped: stream.skipped() };
}

describe('requests, byte for byte as GA 450 has them', () => {
  test.each([
    ['reset', '00 03 10 FF EC'],
    ['status', '00 03 11 FF ED'],
    ['samId', '00 03 12 FF EE'],
    ['find', '00 03 20 01 22'],
    ['select', '00 03 20 02 21'],
    ['readText', '00 03 30 01 32'],
    ['readNewAddress', '00 03 30 03 30'],
  ] as const)('%s', (command, bytes) => {
    expect(frame(commands[command])).toEqual(hex(`AA AA AA 96 69 ${bytes}`));
  });
});

describe('replies', () => {
  test.each([
    ['status', '00 04 00 00 90 94'],
    ['find', '00 08 00 00 9F 00 00 00 00 97'],
    ['select', '00 0C 00 00 90 00 00 00 00 00 00 00 00 9C'],
  ] as const)('%s', (command, bytes) => {
    const [sw3, length] = success[command];
    const body = new Uint8Array(3 + length);
    body[2] = sw3;
    expect(frame(body)).toEqual(hex(`AA AA AA 96 69 ${bytes}`));
    expect(inPieces(frame(body)).bodies).toEqual([Buffer.from(body).toString('hex')]);
  });

  test('the longest is 05 08, as it is with text and photograph', () => {
    expect(longestReply).toBe(0x0508);
  });

  test.each([1, 2, 7, 64])('in pieces of %i bytes', (size) => {
    const body = Uint8Array.from({ length: longestReply - 1 }, (_, at) => at & 0xff);
    const two = Uint8Array.of(...frame(body), ...hex(found));
    expect(inPieces(two, size)).toEqual({
      bodies: [Buffer.from(body).toString('hex'), foundBody],
      skipped: 0,
    });
  });
});

describe('is found again after', () => {
  test.each([
    ['noise', '00 FF 13 AA 37', 5],
    ['the beginning of a preamble', 'AA AA', 2],
    ['most of a preamble', 'AA AA AA 96', 4],
    ['a preamble and no length', 'AA AA AA 96 69', 5],
    ['a longer run of AA', 'AA AA AA AA', 4],
    ['a wrong check', 'AA AA AA 96 69 00 04 00 00 90 95', 11],
    ['a length of nothing', 'AA AA AA 96 69 00 00', 7],
    ['a length without a command', 'AA AA AA 96 69 00 02 00 02', 9],
    ['a length that no reply has', 'AA AA AA 96 69 05 09', 7],
    ['the greatest length there is', 'AA AA AA 96 69 FF FF', 7],
    ['a reply cut short', 'AA AA AA 96 69 00 0C 00 00 90 00 00', 12],
  ])('%s', (_, before, skipped) => {
    for (const size of [1, 3, 100])
      expect(inPieces(hex(before + found), size)).toEqual({ bodies: [foundBody], skipped });
  });

  test('a long reply cut short, when a new request makes it forgotten', () => {
    const bodies: string[] = [];
    const stream = frameStream(longestReply, (body) =>
      bodies.push(Buffer.from(body).toString('hex')),
    );
    stream.take(hex('AA AA AA 96 69 05 08 00 00 90'));
    stream.clear();
    stream.take(hex(found));
    expect(bodies).toEqual([foundBody]);
    expect(stream.skipped()).toBe(10);
  });

  test('a megabyte of beginnings, within a second and without holding more than one', () => {
    const stream = frameStream(longestReply, () => {});
    const beginnings = hex('AA AA AA 96 69 05 08'.repeat(1000));
    const started = performance.now();
    for (let i = 0; i < 150; i += 1) stream.take(beginnings.slice());
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(stream.skipped()).toBeGreaterThan(beginnings.length * 150 - longestReply - 8);
  });
});

test('what was taken and looked at is overwritten', () => {
  const body = Uint8Array.from({ length: 200 }, () => 0x5a);
  let seen: Uint8Array | undefined;
  const stream = frameStream(longestReply, (each) => {
    expect(each).toEqual(body);
    seen = each;
  });
  const bytes = frame(body);
  stream.take(bytes);
  expect(seen?.length).toBe(200);
  expect(seen?.every((byte) => byte === 0)).toBe(true);
  expect(bytes.every((byte) => byte === 0)).toBe(true);
});
