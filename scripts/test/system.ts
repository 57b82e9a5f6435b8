import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium, which } from '../../tests/support/programs.ts';

/** Something of the operating system that the tests need, by the name of its Debian package. */
interface Need {
  readonly package: string;
  present(): boolean;
}

const program = (package_: string, name: string): Need => ({
  package: package_,
  present: () => which(name) !== undefined,
});

const library = (package_: string, soname: string): Need => ({
  package: package_,
  present: () => knownLibraries().includes(soname),
});

const font = (package_: string, language: string): Need => ({
  package: package_,
  present: () => spawnSync('fc-list', [`:lang=${language}`]).stdout?.length > 0,
});

const needs: readonly Need[] = [
  { package: 'chromium', present: () => findChromium() !== undefined },
  program('xvfb', 'Xvfb'),
  program('xauth', 'xauth'),
  program('poppler-utils', 'pdfsig'),
  program('qpdf', 'qpdf'),
  program('openssl', 'openssl'),
  program('libnss3-tools', 'certutil'),
  program('fontconfig', 'fc-list'),
  program('strace', 'strace'),
  program('bsdutils', 'script'),
  font('fonts-noto-cjk', 'zh-cn'),
  font('fonts-noto-core', 'ug'),
  library('libgtk-3-0', 'libgtk-3.so.0'),
  library('libnss3', 'libnss3.so'),
  library('libasound2', 'libasound.so.2'),
  library('libgbm1', 'libgbm.so.1'),
];

/** Debian packages that the tests need and this machine does not have. */
export function missingPackages(): string[] {
  return needs.filter((need) => !need.present()).map((need) => need.package);
}

/** True where `installPackages` may change the system: as root on a build machine with apt. */
export function mayInstall(): boolean {
  const ci = process.env.CI;
  return (
    process.getuid?.() === 0 && ci !== undefined && ci !== '' && existsSync('/usr/bin/apt-get')
  );
}

/**
 * Installs Debian packages without asking.
 * @throws Error with what apt said when it fails.
 */
export function installPackages(names: readonly string[]): void {
  apt(['update']);
  apt(['install', '--yes', '--no-install-recommends', ...names.map(nameHere)]);
}

/** Newer Debian releases renamed libraries when they widened time: `libgtk-3-0` is `libgtk-3-0t64` there. */
function nameHere(name: string): string {
  const renamed = `${name}t64`;
  const known = spawnSync('apt-cache', ['show', '--no-all-versions', renamed]);
  return known.status === 0 ? renamed : name;
}

function apt(args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-qq', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed: ${stderr || stdout}`);
}

function knownLibraries(): string {
  const paths = ['/sbin/ldconfig', '/usr/sbin/ldconfig'];
  const found = spawnSync(paths.find(existsSync) ?? 'ldconfig', ['-p'], { encoding: 'utf8' });
  return found.stdout ?? '';
}
