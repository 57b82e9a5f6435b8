import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lockfile } from '../check/lockfile.ts';

/** One package that ships, as its notice names it. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly source: string;
  /** The licence and notice files in the package, joined; empty where it carries none. */
  readonly text: string;
}

/**
 * Notices of what the workspaces ship: everything in the lockfile that is not for development only. What is
 * there for one platform alone (Node, PostgreSQL) is left to the closing remark: it differs from machine to
 * machine, and carries its licence beside it.
 */
export function collectNotices(root: string, lock: Lockfile): Notice[] {
  const notices = new Map<string, Notice>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || entry.link === true) continue;
    if (entry.dev === true || entry.os !== undefined || entry.cpu !== undefined) continue;
    const folder = join(root, path);
    // Optional ones that npm left out do not ship.
    if (!existsSync(folder) || dependsOnTheMachine(entry)) continue;
    const notice = noticeOf(folder);
    notices.set(`${notice.name}@${notice.version}`, notice);
  }
  return [...notices.values()].sort((a, b) =>
    a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name),
  );
}

/** npm leaves out an optional package that asks for a newer Node than a machine may have (`engines` of ours). */
function dependsOnTheMachine({ optional, engines }: Lockfile['packages'][string]): boolean {
  const [, oldest] = /^>=\s*(\d+)/.exec(engines?.node ?? '') ?? [];
  return optional === true && Number(oldest) > 20;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function noticeOf(folder: string): Notice {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string | { type: string };
    licenses?: readonly { type: string }[];
    homepage?: string;
    repository?: string | { url: string };
  };
  const { license, licenses = [], repository } = about;
  const place = typeof repository === 'string' ? repository : repository?.url;
  return {
    name: about.name,
    version: about.version,
    license:
      (typeof license === 'string' ? license : license?.type) ??
      licenses.map(({ type }) => type).join(' OR '),
    source: (place ?? about.homepage ?? '').replace(/^git\+/, '').replace(/\.git$/, ''),
    text: readdirSync(folder)
      .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name) && !/\.(js|ts|json)$/.test(name))
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
      .join('\n\n'),
  };
}

/** The whole document; packages with the same licence text share it. */
export function renderNotices(notices: readonly Notice[]): string {
  const byText = Map.groupBy(notices, ({ text }) => text);
  const rule = '-'.repeat(79);
  const sections = [...byText].map(([text, group]) =>
    [
      rule,
      ...group.map(
        ({ name, version, license, source }) =>
          `${name} ${version} (${license})${source === '' ? '' : `, ${source}`}`,
      ),
      '',
      text === '' ? 'The package carries no licence text of its own.' : text,
      '',
    ].join('\n'),
  );
  return `THIRD-PARTY NOTICES

Tongban is licensed under the Apache License 2.0 (LICENSE). It contains or installs the
packages below, each under its own licence. The programs that npm brings for one platform,
Node.js and PostgreSQL, carry their licences in their own folders; an installed kiosk carries
those of Electron and Chromium beside its executable.

${sections.join('\n')}`;
}
