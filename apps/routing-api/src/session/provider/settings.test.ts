import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { providerFrom } from './from.ts';
import { overTls } from './settings.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const good = {
  issuer: 'https://id.city.example',
  clientId: 'tongban',
  clientSecret: 'a secret of the operator',
  origins: ['https://ban.city.example'],
};
async function fileOf(text: string): Promise<string> {
  const file = join(folder.path, 'oidc.json');
  await writeFile(file, text);
  return file;
}
const read = async (text: string) => providerFrom(await fileOf(text), false, []);

test('the operator’s file is read as it stands', async () => {
  expect(await read(JSON.stringify(good))).toEqual(good);
  expect(await providerFrom(undefined, false, [])).toBeUndefined();
});

test.each([
  ['no JSON', 'issuer: x', 'JSON'],
  [
    'an origin with a path',
    JSON.stringify({ ...good, origins: ['https://a.example/x'] }),
    'origins',
  ],
  ['a scope without openid', JSON.stringify({ ...good, scope: 'profile' }), 'scope'],
  ['a role that we do not have', JSON.stringify({ ...good, roles: { a: 'root' } }), 'roles'],
  ['a word that means nothing', JSON.stringify({ ...good, clientsecret: 'x' }), ''],
])('%s is named by its place, and the secret is not repeated', async (_, text, place) => {
  const failure = await read(text).then(
    () => undefined,
    (error: Error & { code?: string }) => error,
  );
  expect(failure?.code).toBe('provider-file');
  expect(failure?.message).toContain(place);
  expect(failure?.message).toContain('oidc.json');
  expect(failure?.message).not.toContain(good.clientSecret);
});

test('a file that is not there is said to be at fault', async () => {
  await expect(providerFrom(join(folder.path, 'gone.json'), false, [])).rejects.toMatchObject({
    code: 'provider-file',
    message: expect.stringContaining('ENOENT'),
  });
});

test('production has no provider of made-up people', async () => {
  await expect(providerFrom('demonstration', false, [])).rejects.toMatchObject({
    code: 'not-for-production',
  });
});

test('in clear only within this machine', () => {
  expect(overTls('https://id.city.example')).toBe(true);
  expect(overTls('http://127.0.0.1:8080')).toBe(true);
  expect(overTls('http://id.city.example')).toBe(false);
  expect(overTls('http://127.0.0.1.city.example')).toBe(false);
});
