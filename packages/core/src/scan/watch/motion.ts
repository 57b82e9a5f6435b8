import type { Frame } from '../frame.ts';

/** Pixels from one that is compared to the next, both ways. */
const apart = 16;
/** Mean difference in levels of grey that a hand which holds still, and the camera's grain, stay below. */
const unsteady = 9;

/** Counts for how many frames in a row the picture has hardly changed. */
export function stillness(): (frame: Frame) => number {
  let before: Uint8Array | undefined;
  let still = 0;
  return ({ data, width, height }) => {
    const [columns, rows] = [Math.floor(width / apart), Math.floor(height / apart)];
    const now = new Uint8Array(columns * rows);
    let change = 0;
    for (let at = 0; at < now.length; at++) {
      const from = Math.floor(at / columns) * apart * width + (at % columns) * apart;
      now[at] = ((data[from] ?? 0) + (data[from + 1] ?? 0) + (data[from + width] ?? 0)) / 3;
      change += Math.abs((now[at] ?? 0) - (before?.[at] ?? 0));
    }
    still = before?.length === now.length && change < unsteady * now.length ? still + 1 : 0;
    before = now;
    return still;
  };
}
