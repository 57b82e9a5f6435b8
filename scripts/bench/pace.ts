import { percentile } from './bench.ts';

const multiplications = 10_000_000;
const times = 5;

/**
 * Milliseconds of processor time that a fixed piece of arithmetic takes here and now: the median of five. A neighbour
 * on the same hardware slows a machine without showing in its load; this shows it, and lets runs be compared.
 */
export function pace(): number {
  const taken = Array.from({ length: times }, () => {
    const before = process.threadCpuUsage();
    let value = 1;
    for (let index = 0; index < multiplications; index += 1) {
      value = (Math.imul(value, 1_664_525) + index) | 0;
    }
    const { user, system } = process.threadCpuUsage(before);
    // Used, so that the loop is not left out.
    return (user + system) / 1000 + (Number.isInteger(value) ? 0 : 1);
  });
  return percentile(taken, 0.5);
}
