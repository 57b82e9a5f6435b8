import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedFolder } from '@tongban/catalogue/folder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalogueCheckCommand } from './catalogue.ts';
import { dispatch } from './dispatch.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongban-catalogue-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const check = async (...args: readonly string[]) => {
  const said: string[] = [];
  const keep = (line: string): void => void said.push(line);
  const exit = await dispatch(['catalogue', 'check', ...args], [catalogueCheckCommand], {
    result: keep,
    remark: keep,
  });
  return { exit, said: said.join('\n') };
};

describe('tongban catalogue check', () => {
  test('holds for the catalogue that ships', async () => {
    const { exit, said } = await check();
    expect(said).toContain('The catalogue holds');
    expect(exit).toBe(0);
  });

  test('names every fault of a folder, and ends with 1', async () => {
    cpSync(shippedFolder, folder, { recursive: true });
    const path = join(folder, 'items', 'residence-permit.json');
    const item = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...item, department: 'nobody', fee: undefined }));
    const { exit, said } = await check(folder);
    expect(exit).toBe(1);
    expect(said).toContain('/items/residence-permit');
    const json = await check(folder, '--json');
    expect(json.exit).toBe(1);
    expect(JSON.parse(json.said).holds).toBe(false);
  });

  test('says so when there is no catalogue to read', async () => {
    const { exit, said } = await check(join(folder, 'nowhere'));
    expect(exit).toBe(2);
    expect(said).toContain('cannot be read');
  });
});
