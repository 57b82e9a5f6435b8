import type { Difference } from '@tongban/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SquaresProps {
  readonly difference: Difference;
  /** Whose writing each row is. */
  readonly material: ReactNode;
  readonly materialNote?: ReactNode;
  readonly form: ReactNode;
  readonly formNote?: ReactNode;
}

/** Squares of a row: names in large ones, numbers and addresses in small ones. */
const few = 4;
const many = 9;

/**
 * Two values in writing squares, one above the other. What differs has a heavy frame and a tint, and is
 * said in words for who does not see it.
 */
export function Squares({ difference, material, materialNote, form, formNote }: SquaresProps) {
  const { t } = useTranslation();
  const { cells } = difference;
  const whole = cells.some((cell) => [...cell.material].length > 1 || [...cell.form].length > 1);
  const columns = cells.length <= few ? few : many;
  const size = whole ? 'value' : cells.length <= few ? 'large' : 'small';
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    cells.slice(row * columns, (row + 1) * columns),
  );
  return (
    <section className="squares" data-size={size} aria-label={t('journey:difference.label')}>
      <p className="spoken">
        {t('journey:difference.spoken', {
          onMaterial: difference.onMaterial,
          onForm: difference.onForm,
        })}
      </p>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one value have fixed places
        <div className="squares-row" key={index} aria-hidden="true">
          <SquaresLine
            label={material}
            note={materialNote}
            cells={row}
            side="material"
            first={index === 0}
          />
          <SquaresLine label={form} note={formNote} cells={row} side="form" first={index === 0} />
        </div>
      ))}
    </section>
  );
}

interface LineProps {
  readonly label: ReactNode;
  readonly note?: ReactNode;
  readonly cells: Difference['cells'];
  readonly side: 'material' | 'form';
  readonly first: boolean;
}

function SquaresLine({ label, note, cells, side, first }: LineProps) {
  return (
    <div className="squares-line" lang="zh-CN" dir="ltr">
      <div className="squares-label" dir="auto">
        {first && (
          <>
            {label}
            {note !== undefined && <small>{note}</small>}
          </>
        )}
      </div>
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: squares have fixed places
        <div className={cell.same ? 'square' : 'square square-other'} key={index}>
          <span>{cell[side]}</span>
        </div>
      ))}
    </div>
  );
}
