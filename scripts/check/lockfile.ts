/** What is used here of an entry in `package-lock.json`. */
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly license?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
  readonly libc?: readonly string[];
  readonly optional?: boolean;
  readonly engines?: { readonly node?: string };
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/**
 * Packages for other platforms that the lockfile asks for and does not hold. npm leaves them out when the
 * registry in use does not serve them, and then refuses `npm ci` everywhere. Gives the entries to add, by
 * path; without a hash, which only the registry could have told.
 */
export function missingPlatforms(lock: Lockfile): Record<string, LockedPackage> {
  const missing: Record<string, LockedPackage> = {};
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(lock, path, name)) continue;
      missing[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(entry.dev === undefined ? {} : { dev: entry.dev }),
        ...(entry.license === undefined ? {} : { license: entry.license }),
        optional: true,
      };
    }
  }
  return missing;
}

/** Entries that name the place they were fetched from: the hash is what counts, whichever registry served it. */
export function placesNamed(lock: Lockfile): string[] {
  return Object.entries(lock.packages)
    .filter(([, { resolved, link }]) => resolved !== undefined && link !== true)
    .map(([path]) => path);
}

/** True when `name` resolves from the package at `path`, looking upwards as Node does. */
function isLocked(lock: Lockfile, path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in lock.packages) return true;
    if (at === '') return false;
  }
}

/** Platform packages are named `…-OS-CPU` or `…-OS-CPU-ABI`. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const at = words.findIndex((word) => systems.has(word));
  const [os, cpu, abi] = words.slice(at);
  if (at < 0 || os === undefined || cpu === undefined) return {};
  const libc = abi?.startsWith('musl') ? 'musl' : abi?.startsWith('gnu') ? 'glibc' : undefined;
  return {
    cpu: [cpu],
    os: [os],
    ...(os === 'linux' && libc !== undefined ? { libc: [libc] } : {}),
  };
}

const systems = new Set([
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openbsd',
  'openharmony',
  'win32',
]);
