import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { portFrom, requirePort } from './port.ts';

let server: Server | undefined;

afterEach(async () => {
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

const occupied = async (answer: RequestListener): Promise<number> => {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return (started.address() as AddressInfo).port;
};

test('PORT names a port, or nothing at all', () => {
  expect(portFrom(undefined)).toBe(7300);
  expect(portFrom('8080')).toBe(8080);
  for (const text of ['0', '65536', '73.5', 'http', '-1']) {
    expect(() => portFrom(text)).toThrow(`“${text}”`);
  }
});

test('a free port has nothing against it', async () => {
  const port = await occupied(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
  await expect(requirePort('127.0.0.1', port)).resolves.toBeUndefined();
});

test('a port that another program holds is said to be taken', async () => {
  const port = await occupied((_request, response) => response.end('<p>another page</p>'));
  await expect(requirePort('127.0.0.1', port)).rejects.toThrow(
    `Another program holds port ${port}`,
  );
});

test('a port where Tongban runs is said to be running', async () => {
  const port = await occupied((_request, response) =>
    response.end(JSON.stringify({ info: { title: 'Tongban routing API' } })),
  );
  await expect(requirePort('127.0.0.1', port)).rejects.toThrow('already running');
});
