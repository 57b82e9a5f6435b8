import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The most memory that any renderer of a Chromium has had in RAM so far, in bytes: pages, workers, WebAssembly and
 * Chromium's own. Linux only.
 */
export function largestRenderer(profile: string): number {
  // The lock in the profile names the browser's first process.
  const lock = readlinkSync(join(profile, 'SingletonLock'));
  const browser = Number(lock.slice(lock.lastIndexOf('-') + 1));
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((pid) => [Number(pid), numberIn(pid, 'PPid')]));
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === browser || isOurs(parents.get(pid)));
  const sizes = [...parents.keys()]
    .filter((pid) => isOurs(pid) && ofProcess(pid, 'cmdline').includes('--type=renderer'))
    .map((pid) => numberIn(pid, 'VmHWM') ?? 0);
  if (sizes.length === 0) throw new Error('Chromium has no renderer.');
  return Math.max(...sizes) * 1024;
}

function numberIn(pid: number | string, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(ofProcess(pid, 'status'))?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Empty where the process ended meanwhile. */
function ofProcess(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
