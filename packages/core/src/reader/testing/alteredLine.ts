import type { OpenLine } from '../../ports/serialLine.ts';
import { ok } from '../../result.ts';

/** A line on which what arrives is changed on its way, piece by piece; the simulated module writes a reply as one piece. */
export function altered(
  open: OpenLine,
  change: (piece: Uint8Array, count: number) => readonly Uint8Array[],
): OpenLine {
  let count = 0;
  return async () => {
    const opened = await open();
    if (!opened.ok) return opened;
    const line = opened.value;
    return ok({
      ...line,
      watch: (listener) =>
        line.watch((piece) => {
          for (const bytes of change(piece, count++)) listener(bytes);
        }),
    });
  };
}
