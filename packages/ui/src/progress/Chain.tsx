import type { ReactNode } from 'react';

export interface ChainPoint {
  readonly label: string;
  readonly note?: ReactNode;
  /** Filled only when it was said by who can say it. */
  readonly done: boolean;
}

/** Saved, reported, received, accepted: four points on one chain. */
export function Chain({
  points,
  label,
}: {
  readonly points: readonly ChainPoint[];
  readonly label: string;
}) {
  return (
    <ol className="chain" aria-label={label}>
      {points.map((point) => (
        <li key={point.label} className={point.done ? 'done' : undefined}>
          {point.label}
          {point.note !== undefined && <small>{point.note}</small>}
        </li>
      ))}
    </ol>
  );
}
