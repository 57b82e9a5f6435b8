/** One sample of the pen: place in the pad (CSS pixels from its top left), time since the first, pressure 0 to 1. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  /** Milliseconds since the first sample of the signature. */
  readonly t: number;
  readonly pressure: number;
}

export type Stroke = readonly PenPoint[];

/** Samples closer than this say nothing new (CSS pixels). */
const leastDistance = 0.7;

/** Adds samples to a stroke, dropping those on top of the last. */
export function extend(stroke: Stroke, samples: readonly PenPoint[]): Stroke {
  const points = [...stroke];
  for (const sample of samples) {
    const last = points.at(-1);
    if (last && Math.hypot(sample.x - last.x, sample.y - last.y) < leastDistance) continue;
    points.push(sample);
  }
  return points;
}

/** Length of all strokes, in CSS pixels. */
function written(strokes: readonly Stroke[]): number {
  let length = 0;
  for (const stroke of strokes)
    for (const [index, point] of stroke.entries()) {
      const before = stroke[index - 1];
      if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
    }
  return length;
}

/** A dot or a slip of the sleeve is no signature: it must be at least as long as the pad is high. */
export function looksSigned(strokes: readonly Stroke[], padHeight: number): boolean {
  return written(strokes) >= padHeight;
}

/** Pen width at a sample, in CSS pixels: pressure where the pen reports it, else speed, as ink does. */
export function penWidth(before: PenPoint, point: PenPoint, base: number): number {
  if (point.pressure > 0 && point.pressure !== 0.5) return base * (0.55 + 0.9 * point.pressure);
  const speed =
    Math.hypot(point.x - before.x, point.y - before.y) / Math.max(1, point.t - before.t);
  return base * Math.max(0.6, 1.15 - 0.16 * speed);
}
