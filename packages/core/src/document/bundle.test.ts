import { build, createLogger } from 'vite';
import { expect, test } from 'vitest';

const rooms = ['document', 'sign'].map(
  (room) => new URL(`../${room}/index.ts`, import.meta.url).pathname,
);

test.each(rooms)('%s builds for a browser or worker without a Node built-in', async (entry) => {
  const said: string[] = [];
  const logger = createLogger('warn');
  logger.warn = (message) => said.push(message);
  logger.warnOnce = (message) => said.push(message);
  const built = await build({
    configFile: false,
    customLogger: logger,
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'room' } },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((b) =>
    'output' in b ? b.output : [],
  );
  const chunks = outputs.filter((output) => output.type === 'chunk');
  expect(said.filter((message) => message.includes('externalized'))).toEqual([]);
  expect(
    chunks.flatMap((chunk) => chunk.moduleIds.filter((id) => id.includes('browser-external'))),
  ).toEqual([]);
  const files = new Set(outputs.map((output) => output.fileName));
  expect(chunks.flatMap((chunk) => chunk.imports.filter((id) => !files.has(id)))).toEqual([]);
  // Pages are served with a policy that forbids code made from text.
  expect(chunks.filter((chunk) => /\bnew Function\(|\beval\(/.test(chunk.code))).toEqual([]);
});
