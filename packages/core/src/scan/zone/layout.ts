import { alphabet } from './alphabet.ts';

export type ZoneKind = 'td1' | 'td2' | 'td3' | 'mrv-a' | 'mrv-b' | 'travel-permit';

const digits = '0123456789';
const letters = alphabet.slice(0, 26);
/** What may stand in a position. */
const symbols = {
  any: alphabet,
  number: alphabet,
  letters: `${letters}<`,
  digits,
  filledDigits: `${digits}<`,
  sex: 'MF<',
  monthTens: '01',
  dayTens: '0123',
  birthMonthTens: '01<',
  birthDayTens: '0123<',
} as const;

/** One character's place in a zone. */
export interface Cell {
  readonly line: number;
  readonly column: number;
  readonly allowed: string;
  /** Weight in the check of its own field and in that of the whole zone; 0 where it does not count. */
  readonly weight: number;
  readonly compositeWeight: number;
  readonly role: 'value' | 'check' | 'composite';
  /** What speaks for filler before anything is seen, as a natural logarithm. */
  readonly leaning: number;
}

/** Optional data is filler for the most part: three of four positions, and this counts a third of what that says. */
const mostlyFiller = 1.5;

export type Part =
  | 'documentNumber'
  | 'goesOn'
  | 'birthDate'
  | 'validUntil'
  | 'optionalData'
  | 'furtherData';

export interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Where everything stands (ICAO 9303-4 to -7). */
export interface Layout {
  readonly kinds: readonly ZoneKind[];
  readonly lines: number;
  readonly length: number;
  readonly names: Place;
  readonly issuingState: Place;
  readonly nationality: Place;
  readonly sex: Place;
  readonly parts: Readonly<Partial<Record<Part, Place>>>;
  /** Parts with a check digit behind them. */
  readonly checked: readonly Part[];
  readonly composite: boolean;
  /** First letters of its document codes. */
  readonly codes: string;
  /** What the check digits are over, in the order of the composite's weights. */
  readonly cells: readonly Cell[];
}

type Plan = Omit<Layout, 'cells'> & { readonly compositeOf: readonly Place[] };

const weights = [7, 3, 1];
const place = (line: number, start: number, end: number): Place => ({ line, start, end });
const lower = {
  nationality: place(1, 10, 13),
  sex: place(1, 20, 21),
  documentNumber: place(1, 0, 9),
  birthDate: place(1, 13, 19),
  validUntil: place(1, 21, 27),
};
const dated = ['documentNumber', 'birthDate', 'validUntil'] as const;

function twoLines(
  kinds: readonly ZoneKind[],
  length: number,
  codes: string,
  optional: Place,
  checked: readonly Part[],
  compositeOf: readonly Place[],
): Layout {
  const { documentNumber, birthDate, validUntil, nationality, sex } = lower;
  return laidOut({
    kinds,
    length,
    lines: 2,
    names: place(0, 5, length),
    issuingState: place(0, 2, 5),
    nationality,
    sex,
    parts: { documentNumber, birthDate, validUntil, optionalData: optional },
    checked,
    composite: compositeOf.length > 0,
    codes,
    compositeOf,
  });
}

export const layouts: readonly Layout[] = [
  twoLines(
    ['td3'],
    44,
    'P',
    place(1, 28, 42),
    [...dated, 'optionalData'],
    [place(1, 0, 10), place(1, 13, 20), place(1, 21, 43)],
  ),
  twoLines(['mrv-a'], 44, 'V', place(1, 28, 44), dated, []),
  twoLines(['td2'], 36, 'IACP', place(1, 28, 35), dated, [
    place(1, 0, 10),
    place(1, 13, 20),
    place(1, 21, 35),
  ]),
  twoLines(['mrv-b'], 36, 'V', place(1, 28, 36), dated, []),
  card(['documentNumber', 'birthDate', 'validUntil'], {}),
  card(['birthDate', 'validUntil'], { goesOn: place(0, 14, 15) }),
];

/**
 * An identity card. Where a number has more than nine characters, a filler stands for its check digit, and the rest of it and
 * the digit open the optional data (ICAO 9303-5, 4.2.4): `goesOn` is that filler's place.
 */
function card(checked: readonly Part[], more: Layout['parts']): Layout {
  return laidOut({
    kinds: ['td1', 'travel-permit'],
    length: 30,
    lines: 3,
    names: place(2, 0, 30),
    issuingState: place(0, 2, 5),
    nationality: place(1, 15, 18),
    sex: place(1, 7, 8),
    parts: {
      documentNumber: place(0, 5, 14),
      optionalData: place(0, 15, 30),
      birthDate: place(1, 0, 6),
      validUntil: place(1, 8, 14),
      furtherData: place(1, 18, 29),
      ...more,
    },
    checked,
    composite: true,
    codes: 'IAC',
    compositeOf: [place(0, 5, 30), place(1, 0, 7), place(1, 8, 15), place(1, 18, 29)],
  });
}

function laidOut({ compositeOf, ...plan }: Plan): Layout {
  const cells: Cell[] = [];
  let counted = 0;
  const push = (
    line: number,
    column: number,
    cell: Omit<Cell, 'line' | 'column' | 'compositeWeight'>,
  ) => {
    const counts = compositeOf.some(
      (range) => range.line === line && range.start <= column && column < range.end,
    );
    const compositeWeight = counts ? (weights[counted++ % 3] ?? 0) : 0;
    cells.push({ line, column, compositeWeight, ...cell });
  };
  const parts = (Object.entries(plan.parts) as [Part, Place][]).toSorted(
    ([, a], [, b]) => a.line - b.line || a.start - b.start,
  );
  for (const [part, { line, start, end }] of parts) {
    const checked = plan.checked.includes(part);
    for (let column = start; column < end; column++) {
      const allowed = allowedIn(part, column - start);
      const weight = checked ? (weights[(column - start) % 3] ?? 0) : 0;
      const leaning = part === 'optionalData' || part === 'furtherData' ? mostlyFiller : 0;
      push(line, column, { allowed, weight, role: 'value', leaning });
    }
    if (checked) {
      const allowed = part === 'optionalData' ? symbols.filledDigits : digits;
      push(line, end, { allowed, weight: 0, role: 'check', leaning: 0 });
    }
  }
  if (plan.composite) {
    const line = 1;
    cells.push({
      line,
      column: plan.length - 1,
      allowed: digits,
      weight: 0,
      compositeWeight: 0,
      role: 'composite',
      leaning: 0,
    });
  }
  return { ...plan, cells };
}

function allowedIn(part: Part, at: number): string {
  if (part === 'goesOn') return '<';
  if (part === 'birthDate')
    return at === 2
      ? symbols.birthMonthTens
      : at === 4
        ? symbols.birthDayTens
        : symbols.filledDigits;
  if (part === 'validUntil')
    return at === 2 ? symbols.monthTens : at === 4 ? symbols.dayTens : digits;
  return symbols.any;
}

export const lettersAndFiller = symbols.letters;
export const sexes = symbols.sex;
