import { describe, expect, test } from 'vitest';
import { longestCode, sentText } from './sentText.ts';

const licence = '@\n\x1e\rANSI 636000090002DL00410278ZV03190008DLDAQ1\nDCSX\rZVZVA01';

describe('what a hand scanner sent', () => {
  test.each(['', '\r', '\n', '\r\n', '\t', '\r\n\t'])(
    'is the text without the ending %j',
    (end) => {
      expect(sentText(`TBH1:bG9j.a2V5${end}`)).toEqual({ ok: true, value: 'TBH1:bG9j.a2V5' });
    },
  );

  test('keeps the line ends and separators inside', () => {
    expect(sentText(`${licence}\r`)).toEqual({ ok: true, value: licence });
  });

  test('goes without the symbology that stands in front', () => {
    expect(sentText(']Q1TB1:a.b.c\r')).toEqual({ ok: true, value: 'TB1:a.b.c' });
    expect(sentText(']d2a')).toEqual({ ok: true, value: 'a' });
    expect(sentText(']')).toEqual({ ok: true, value: ']' });
  });

  test.each(['', '\r', '\n\n', ']Q1\r'])('%j is nothing', (sent) => {
    expect(sentText(sent)).toBeUndefined();
  });

  test('is refused where it is no text, or too much of it', () => {
    expect(sentText('TB1:\0\0')).toEqual({ ok: false, error: 'unreadable' });
    expect(sentText('a\ufffdb')).toEqual({ ok: false, error: 'unreadable' });
    expect(sentText('1'.repeat(longestCode))).toMatchObject({ ok: true });
    expect(sentText('1'.repeat(longestCode + 1))).toEqual({ ok: false, error: 'too-long' });
  });
});
