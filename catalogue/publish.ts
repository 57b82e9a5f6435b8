import { mkdirSync, writeFileSync } from 'node:fs';
import { publishedSchemas } from '@tongban/core';

/** `node catalogue/publish.ts` writes `schema/` from the types the program checks; a test proves they are equal. */
const folder = new URL('schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas()))
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
