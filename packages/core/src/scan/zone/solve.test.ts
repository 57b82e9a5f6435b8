import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { madeZone } from '../testing/zoneLines.ts';
import { alphabet } from './alphabet.ts';
import { checkDigitOf } from './checkDigit.ts';
import { evidenceOf, type ZoneEvidence } from './evidence.ts';
import { layouts, type ZoneKind } from './layout.ts';
import { solve } from './solve.ts';

const now = new Date('2026-11-27T00:00:00Z');
const kinds: readonly ZoneKind[] = ['td1', 'td2', 'td3', 'mrv-a', 'mrv-b', 'travel-permit'];

/** As the recogniser would say it: sure of each character, a little less of those named. */
function said(lines: readonly string[], unsure: Readonly<Record<string, [string, number]>> = {}) {
  return lines.map((line, row) =>
    [...line].map((character, column) => {
      const log = new Float32Array(alphabet.length).fill(Math.log(1e-6));
      const [other, share] = unsure[`${row},${column}`] ?? ['', 0];
      if (other !== '') log[alphabet.indexOf(other)] = Math.log(share);
      log[alphabet.indexOf(character)] = Math.log(1 - share);
      return log;
    }),
  );
}

function understood(kind: ZoneKind, logs: ReturnType<typeof said>): ZoneEvidence {
  const solved = layouts
    .filter((one) => one.kinds.includes(kind))
    .map((layout) => ({ layout, solution: solve(layout, logs) }))
    .reduce((best, one) => (one.solution.score > best.solution.score ? one : best));
  return evidenceOf(solved.layout, solved.solution, [], now);
}

function valueIn(evidence: ZoneEvidence, name: string) {
  return evidence.fields.find((field) => field.name === name);
}

describe('a zone of made-up lines', () => {
  it.each(kinds)('%s: says what its lines say, the names never borne out', (kind) => {
    for (let seed = 0; seed < 40; seed++) {
      const zone = madeZone(kind, seeded(seed));
      const evidence = understood(kind, said(zone.lines));
      expect(evidence.kind).toBe(kind);
      expect(evidence.lines).toEqual(zone.lines);
      expect(
        Object.fromEntries(evidence.fields.map(({ name, value }) => [name, value])),
      ).toMatchObject(zone.fields);
      expect(evidence.assurance).toBe('read');
      expect(evidence.confirm).toEqual(
        expect.arrayContaining(['name', 'surname', 'givenNames', 'nationality', 'sex']),
      );
      for (const name of ['documentNumber', 'birthDate', 'validUntil'])
        expect(valueIn(evidence, name)?.check).toBe('passed');
    }
  });

  const lines = [
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
  ];

  it('takes the letter that the check digit asks for where the recogniser leaned to the digit', () => {
    // 5 and S differ by 23: the check digit tells.
    const zone = [lines[0]!, `5898902C${lines[1]!.slice(8)}`];
    const number = `S898902C3`;
    const second = `${number}${checkDigitOf(number)}UTO7408122F1204159ZE184226B<<<<<1`;
    const all = checkDigitOf(second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 43));
    const seen = [zone[0]!, `5${second.slice(1)}${all}`];
    const evidence = understood('td3', said(seen, { '1,0': ['S', 0.3] }));
    expect(valueIn(evidence, 'documentNumber')).toMatchObject({ value: number, check: 'passed' });
  });

  it('does not bear out a 6 that may be a G: both satisfy the check digits', () => {
    const evidence = understood('td3', said(lines, { '1,9': ['G', 0.1], '1,1': ['I', 0.2] }));
    expect(valueIn(evidence, 'documentNumber')?.check).toBe('none');
    expect(evidence.confirm).toContain('documentNumber');
    expect(evidence.assurance).toBe('declared');
  });

  it('says that a check failed where a clear reading does not satisfy it', () => {
    const wrong = `L898902D${lines[1]!.slice(8)}`;
    const evidence = understood('td3', said([lines[0]!, wrong]));
    expect(valueIn(evidence, 'documentNumber')).toMatchObject({ check: 'failed' });
    expect(evidence.fields.every(({ check }) => check !== 'passed')).toBe(true);
  });

  it('leaves a birth to be confirmed that may be of this century or the last', () => {
    const second = (birth: string) => {
      const text = `L898902C36UTO${birth}${checkDigitOf(birth)}F1204159<<<<<<<<<<<<<<0`;
      return text + checkDigitOf(text.slice(0, 10) + text.slice(13, 20) + text.slice(21, 43));
    };
    const child = understood('td3', said([lines[0]!, second('200517')]));
    expect(valueIn(child, 'birthDate')).toMatchObject({ value: '2020-05-17', check: 'passed' });
    expect(child.confirm).toContain('birthDate');
    const grown = understood('td3', said([lines[0]!, second('740812')]));
    expect(grown.confirm).not.toContain('birthDate');
  });
});

describe('a card whose number has more than nine characters', () => {
  function longNumbered(number: string, digit = checkDigitOf(number)) {
    const first = `IDUTO${number.slice(0, 9)}<${number.slice(9)}${digit}`.padEnd(30, '<');
    const [birth, until] = ['850201', '301201'].map((date) => date + checkDigitOf(date)) as [
      string,
      string,
    ];
    const further = '<'.repeat(11);
    const all = checkDigitOf(first.slice(5) + birth + until + further);
    return [first, `${birth}F${until}UTO${further}${all}`, 'EXEMPLE<<ANNA'.padEnd(30, '<')];
  }

  it('has it whole, borne out by the digit behind it', () => {
    const evidence = understood('td1', said(longNumbered('000123456789')));
    expect(evidence.lines).toEqual(longNumbered('000123456789'));
    expect(valueIn(evidence, 'documentNumber')).toMatchObject({
      value: '000123456789',
      check: 'passed',
    });
    expect(valueIn(evidence, 'optionalData')).toBeUndefined();
    expect(evidence.assurance).toBe('read');
  });

  it('does not bear it out where the digit behind it does not fit', () => {
    const right = checkDigitOf('000123456789');
    const lines = longNumbered('000123456789', String((Number(right) + 1) % 10));
    const evidence = understood('td1', said(lines));
    expect(valueIn(evidence, 'documentNumber')?.check).toBe('failed');
    expect(evidence.assurance).toBe('declared');
  });
});

it('takes optional data for filler where the recogniser is unsure, not where it sees', () => {
  const lines = [
    'P<UTOERIKSSON<<ANNA'.padEnd(44, '<'),
    'L898902C36UTO7408122F1204159ZE<<<<<<<<<<<<',
  ];
  const close = (data: string) => {
    const own = checkDigitOf(data.slice(28));
    const all = checkDigitOf(data.slice(0, 10) + data.slice(13, 20) + data.slice(21) + own);
    return [lines[0]!, data + own + all];
  };
  const optional = (logs: ReturnType<typeof said>) =>
    valueIn(understood('td3', logs), 'optionalData')?.value;
  // Ten more: the check digits do not tell.
  const unsure = Object.fromEntries(
    Array.from({ length: 12 }, (_, i): [string, [string, number]] => [`1,${30 + i}`, ['A', 0.6]]),
  );
  expect(optional(said(close(lines[1]!), unsure))).toBe('ZE');
  expect(optional(said(close(lines[1]!.replace(/<{12}$/, 'AAAA<<<<<<<<'))))).toBe('ZEAAAA');
});

it('takes a clear state that is none, and leans to a known one where it is unsure', () => {
  const lines = [
    'P<QQAERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L898902C36QQA7408122F1204159ZE184226B<<<<<10',
  ];
  expect(valueIn(understood('td3', said(lines)), 'nationality')?.value).toBe('QQA');
  const other = [lines[0]!.replace('QQA', 'UTO'), lines[1]!];
  const unsure = understood('td3', said(other, { '1,10': ['F', 0.1], '1,11': ['R', 0.1] }));
  expect(valueIn(unsure, 'nationality')?.value).toBe('FRA');
});

it('writes names as letters follow each other where the recogniser is unsure', () => {
  const lines = [
    'P<UTOVAN<DER<BERQ<<ANNA<MARIA<<<<<<<<<<<<<<<',
    'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
  ];
  expect(valueIn(understood('td3', said(lines)), 'surname')?.value).toBe('VAN DER BERQ');
  const unsure = understood('td3', said(lines, { '0,16': ['G', 0.4] }));
  expect(valueIn(unsure, 'surname')?.value).toBe('VAN DER BERG');
});

/** FUZZ_RUNS=100000 for the long run. */
const runs = Number(process.env.FUZZ_RUNS ?? 10_000);

it(`never bears out what a check digit does not fit: ${runs} spoilt zones`, {
  timeout: runs * 24,
}, () => {
  const random = seeded(20_261_128);
  const below = (count: number) => Math.floor(random() * count);
  for (let run = 0; run < runs; run++) {
    const kind = kinds[below(kinds.length)]!;
    const zone = madeZone(kind, random);
    const spoilt = zone.lines.map((line) => [...line]);
    for (let i = below(6); i > 0; i--) {
      const line = spoilt[below(spoilt.length)]!;
      line[below(line.length)] = alphabet.charAt(below(alphabet.length));
    }
    const unsure: Record<string, [string, number]> = {};
    for (let i = below(6); i > 0; i--)
      unsure[`${below(spoilt.length)},${below(spoilt[0]!.length)}`] = [
        alphabet.charAt(below(alphabet.length)),
        random() * 0.6,
      ];
    const seen = spoilt.map((line) => line.join(''));
    // Now and then the lines of another document.
    const read = run % 50 === 0 ? kinds.find((one) => sameSize(one, kind) && one !== kind) : kind;
    const evidence = understood(read ?? kind, said(seen, unsure));
    expect(wronglyBorneOut(evidence), `run ${run}`).toEqual([]);
  }
});

function sameSize(a: ZoneKind, b: ZoneKind): boolean {
  const of = (kind: ZoneKind) => layouts.find((one) => one.kinds.includes(kind))!;
  return of(a).length === of(b).length;
}

/** Fields called passed whose check digit does not fit in the lines that are handed out. */
function wronglyBorneOut(evidence: ZoneEvidence): string[] {
  const layout = layouts.find((one) => one.kinds.includes(evidence.kind))!;
  return evidence.fields
    .filter(({ check }) => check === 'passed')
    .filter(({ name }) => {
      const place = layout.parts[name as 'documentNumber'];
      if (place === undefined) return true;
      if (!layout.checked.includes(name as 'documentNumber')) return false;
      const line = evidence.lines[place.line]!;
      const text = line.slice(place.start, place.end);
      const digit = line.charAt(place.end);
      return !(digit === checkDigitOf(text) || (digit === '<' && /^<*$/.test(text)));
    })
    .map(({ name, value }) => `${name} ${value}`);
}
