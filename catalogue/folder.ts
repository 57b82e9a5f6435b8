import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CatalogueParts } from '@tongban/core';

/** The folder that ships with the program. */
export const shippedFolder: string = fileURLToPath(new URL('.', import.meta.url));

/** Reads a catalogue folder. Throws when a file is missing or is no JSON, naming the file. */
export function readCatalogueFolder(folder: string): CatalogueParts {
  const one = (name: string): unknown => readJson(`${folder}/${name}`);
  const all = (below: string): readonly unknown[] =>
    readdirSync(`${folder}/${below}`)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => one(`${below}/${name}`));
  return {
    catalogue: one('catalogue.json'),
    dictionary: one('dictionary.json'),
    departments: one('departments.json'),
    events: one('events.json'),
    reasons: one('reasons.json'),
    choices: one('choices.json'),
    questions: one('questions.json'),
    materials: one('materials.json'),
    items: all('items'),
    bundles: all('bundles'),
  };
}

function readJson(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is no JSON`, { cause });
  }
}
