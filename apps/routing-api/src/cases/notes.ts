import type { PrivateNote } from '@tongban/sync/protocol';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';

interface NoteRow {
  readonly case_number: string;
  readonly ordinal: number;
  readonly at: string;
  readonly materials: string[];
  readonly sealed: Buffer;
}

const placeOf = (caseNumber: string, ordinal: number) => `note ${caseNumber} ${ordinal}`;

/** Keeps the free text of a notice or decision, encrypted. The case's row must be locked by the caller. */
export async function keepNote(
  centre: Pick<Centre, 'keys'>,
  unit: Unit,
  note: PrivateNote,
): Promise<void> {
  const { rows } = await unit.query<{ n: number }>(
    'select count(*)::int as n from notes where case_number = $1',
    [note.caseNumber],
  );
  const ordinal = (rows[0]?.n ?? 0) + 1;
  await unit.query(
    'insert into notes (case_number, ordinal, at, materials, sealed) values ($1, $2, $3, $4, $5)',
    [
      note.caseNumber,
      ordinal,
      note.at,
      note.materials,
      centre.keys.encrypt(placeOf(note.caseNumber, ordinal), note.text),
    ],
  );
}

/** Notes of every case on a receipt, oldest first. */
export async function notesOf(centre: Centre, receiptNumber: string): Promise<PrivateNote[]> {
  const { rows } = await centre.database.query<NoteRow>(
    'select n.* from notes n join cases c using (case_number) where c.receipt_number = $1 order by n.at, n.case_number, n.ordinal',
    [receiptNumber],
  );
  return rows.map((row) => opened(centre, row));
}

/** Notes of one case, oldest first. */
export async function notesOfCase(centre: Centre, caseNumber: string): Promise<PrivateNote[]> {
  const { rows } = await centre.database.query<NoteRow>(
    'select * from notes where case_number = $1 order by ordinal',
    [caseNumber],
  );
  return rows.map((row) => opened(centre, row));
}

function opened(centre: Centre, row: NoteRow): PrivateNote {
  return {
    caseNumber: row.case_number,
    at: row.at,
    text: centre.keys.decrypt(placeOf(row.case_number, row.ordinal), row.sealed),
    materials: row.materials,
  };
}
