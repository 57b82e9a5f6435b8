import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeIn, servePage } from './pages.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-pages-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'app.js'), 'export {}');
  await writeFile(join(folder, 'notes.exe'), 'MZ');
});
afterAll(() => rm(folder, { recursive: true }));

describe('placeIn', () => {
  it.each([
    '/../etc/passwd',
    '/kiosk/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc/hosts.js',
  ])('%s stays inside or is refused', (path) => {
    const place = placeIn(folder, path);
    expect(place === undefined || place.startsWith(`${folder}/`)).toBe(true);
  });

  it.each(['/%', '/a%00.js', '/a\\b.js'])('%s is refused', (path) => {
    expect(placeIn(folder, path)).toBeUndefined();
  });
});

describe('servePage', () => {
  it('gives the page for every place inside it, under a strict policy', async () => {
    const answer = await servePage(folder, '/counter/');
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
  });

  it('serves scripts as scripts', async () => {
    expect((await servePage(folder, '/kiosk/app.js')).headers.get('content-type')).toContain(
      'text/javascript',
    );
  });

  it.each(['/missing.js', '/notes.exe'])('%s is not there', async (path) => {
    expect((await servePage(folder, path)).status).toBe(404);
  });
});
