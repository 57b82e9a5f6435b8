import { describe, expect, test } from 'vitest';
import { fitted, mostBytes, prepareFile } from './resize.ts';

describe('a photograph before it is kept', () => {
  test('fits two thousand pixels and keeps its proportions', () => {
    expect(fitted(4000, 3000)).toEqual({ width: 2000, height: 1500 });
    expect(fitted(3000, 4000)).toEqual({ width: 1500, height: 2000 });
    expect(fitted(800, 600)).toEqual({ width: 800, height: 600 });
  });

  test('a file is judged by its content, not by its name', async () => {
    expect(await prepareFile(new File(['hello'], 'photo.jpg', { type: 'image/jpeg' }))).toEqual({
      ok: false,
      error: 'wrong-kind',
    });
    const pdf = await prepareFile(new File(['%PDF-1.7\n…\n%%EOF\n'], 'scan.jpg'));
    expect(pdf).toMatchObject({ ok: true });
  });

  test('a torn picture is called torn', async () => {
    const torn = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3, 4]);
    expect(await prepareFile(new File([torn], 'a.jpg'))).toEqual({ ok: false, error: 'torn' });
  });

  test('a PDF over the bound is too large', async () => {
    const large = new Uint8Array(mostBytes + 1);
    large.set([0x25, 0x50, 0x44, 0x46, 0x2d]);
    expect(await prepareFile(new File([large], 'a.pdf'))).toEqual({
      ok: false,
      error: 'too-large',
    });
  });
});
