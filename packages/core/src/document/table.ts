import { breakLines } from './lines.ts';
import type { PaperBlock, PaperRow } from './paper.ts';
import { contentWidth, drawHeading, type Sheet } from './sheet.ts';
import { continuedWords } from './words.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;

const size = 10.5;
const leading = 16;
const padX = 8;
const padY = 6.5;
const labelWidth = 82;
const outer = 1.1;
const inner = 0.5;

/** A cell as laid out: its place in the row and its lines. */
export interface Cell {
  readonly x: number;
  readonly width: number;
  readonly lines: readonly string[];
  readonly centred: boolean;
}

/** A ruled row; `first` is the line of the cells where a row that was split begins. */
export type Row = readonly Cell[];

function cell(sheet: Sheet, x: number, width: number, text: string, centred: boolean): Cell {
  return {
    x,
    width,
    centred,
    lines: breakLines(text, size, width - 2 * (centred ? padX / 2 : padX), sheet.measure),
  };
}

/** Puts rows side by side where the table has two columns and neither asks for the whole width. */
function pairRows(table: Table): (readonly [PaperRow] | readonly [PaperRow, PaperRow])[] {
  const pairs: (readonly [PaperRow] | readonly [PaperRow, PaperRow])[] = [];
  for (let i = 0; i < table.rows.length; i++) {
    const row = table.rows[i];
    const next = table.rows[i + 1];
    if (!row) break;
    if (table.columns === 2 && !row.wide && next && !next.wide) {
      pairs.push([row, next]);
      i++;
    } else pairs.push([row]);
  }
  return pairs;
}

function layRow(sheet: Sheet, rows: readonly [PaperRow] | readonly [PaperRow, PaperRow]): Row {
  const part = contentWidth / rows.length;
  return rows.flatMap((row, index) => {
    const x = sheet.left + index * part;
    return [
      cell(sheet, x, labelWidth, row.label, true),
      cell(sheet, x + labelWidth, part - labelWidth, row.value, false),
    ];
  });
}

function rowHeight(row: Row): number {
  return Math.max(...row.map((c) => c.lines.length)) * leading + 2 * padY;
}

/** Cuts a row that no page holds into the lines that fit and the rest, whose label says that it goes on. */
function cutRow(row: Row, height: number): [Row, Row] {
  const count = Math.max(1, Math.floor((height - 2 * padY) / leading));
  return [
    row.map((c) => ({ ...c, lines: c.lines.slice(0, count) })),
    row.map((c) => ({
      ...c,
      lines: c.centred && c.lines.length <= count ? goesOn(c.lines) : c.lines.slice(count),
    })),
  ];
}

function goesOn(label: readonly string[]): readonly string[] {
  return label.at(-1) === continuedWords ? label : [...label, continuedWords];
}

function drawRow(sheet: Sheet, row: Row, height: number): void {
  const ink = sheet.ink();
  for (const c of row) {
    const block = c.lines.length * leading;
    c.lines.forEach((line, index) => {
      const x = c.centred ? c.x + (c.width - sheet.measure.width(line, size)) / 2 : c.x + padX;
      ink.text(x, sheet.y + (height - block) / 2 + index * leading + 11.8, line, { size });
    });
    if (c.x > sheet.left) ink.line(c.x, sheet.y, c.x, sheet.y + height, inner);
  }
}

/**
 * Draws rows with ruled lines; `follows` is the height of what must stay with the last one. A row stays whole on a page unless it is taller than a page;
 * the frame closes at the foot of a page and opens again on the next.
 */
function drawRows(sheet: Sheet, rows: readonly Row[], follows: number): void {
  let top = sheet.y;
  const close = () => {
    const ink = sheet.ink();
    if (sheet.y > top) ink.frame(sheet.left, top, contentWidth, sheet.y - top, outer);
  };
  const waiting = [...rows];
  for (let row = waiting.shift(); row; row = waiting.shift()) {
    let height = rowHeight(row);
    const together = height + (waiting.length === 0 ? follows : 0);
    const needed = together > sheet.fullRoom ? height : together;
    if (needed > sheet.room()) {
      if (height > sheet.fullRoom && sheet.room() > 4 * leading) {
        const [head, rest] = cutRow(row, sheet.room());
        waiting.unshift(rest);
        row = head;
        height = rowHeight(row);
      } else {
        close();
        sheet.feed();
        top = sheet.y;
        waiting.unshift(row);
        continue;
      }
    }
    if (sheet.y > top) sheet.ink().line(sheet.left, sheet.y, sheet.right, sheet.y, inner);
    drawRow(sheet, row, height);
    sheet.y += height;
  }
  close();
}

export function drawTable(sheet: Sheet, table: Table, follows: number): void {
  const rows = pairRows(table).map((pair) => layRow(sheet, pair));
  const first = rows[0];
  if (!first) return;
  if (table.heading !== undefined)
    drawHeading(sheet, table.heading, Math.min(rowHeight(first), 60));
  drawRows(sheet, rows, follows + 10);
  sheet.y += 10;
}

type List = Extract<PaperBlock, { kind: 'list' }>;

/** Materials and the like: number, name, and how it stands. */
export function drawList(sheet: Sheet, list: List, follows: number): void {
  const numberWidth = 34;
  const widest = Math.max(0, ...list.items.map((item) => sheet.measure.width(item.state, size)));
  const stateWidth = Math.min(widest + 2 * padX + 1, contentWidth * 0.45);
  const rows = list.items.map((item, index): Row => {
    const state = sheet.right - stateWidth;
    return [
      cell(sheet, sheet.left, numberWidth, String(index + 1), true),
      cell(sheet, sheet.left + numberWidth, state - sheet.left - numberWidth, item.name, false),
      cell(sheet, state, stateWidth, item.state, false),
    ];
  });
  const first = rows[0];
  if (!first) return;
  drawHeading(sheet, list.heading, Math.min(rowHeight(first), 60));
  drawRows(sheet, rows, follows + 10);
  sheet.y += 10;
}
