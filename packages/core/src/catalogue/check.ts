import Value from 'typebox/value';
import { err, ok, type Result } from '../result.ts';
import type { CatalogueFault } from './fault.ts';
import { lintBundles } from './lintBundles.ts';
import { lintItems } from './lintItems.ts';
import { lintLists } from './lintLists.ts';
import { Catalogue } from './schema.ts';

/**
 * Reads a catalogue: its shape first, then what a shape cannot say (references, order of questions, and the
 * rules of GB/T 39046-2020 practice). Every fault at once, so that an author mends them in one go.
 */
export function checkCatalogue(json: unknown): Result<Catalogue, CatalogueFault[]> {
  if (!Value.Check(Catalogue, json)) return err(shapeFaults(json));
  const faults = [...lintLists(json), ...lintItems(json), ...lintBundles(json)];
  return faults.length === 0 ? ok(json) : err(faults);
}

function shapeFaults(json: unknown): CatalogueFault[] {
  const faults = Value.Errors(Catalogue, json).map(({ instancePath, message }) => ({
    path: named(instancePath, json),
    code: 'schema' as const,
    message,
  }));
  const seen = new Set<string>();
  return faults.filter(({ path, message }) => {
    const key = `${path} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** `/items/2/name` → `/items/residence-permit/name`: authors know ids, not indexes. */
function named(pointer: string, json: unknown): string {
  let at: unknown = json;
  const parts = pointer.split('/').slice(1);
  const names = parts.map((part) => {
    at = (at as Record<string, unknown> | undefined)?.[part];
    const id = (at as { id?: unknown } | null | undefined)?.id;
    return typeof id === 'string' ? id : part;
  });
  return names.map((name) => `/${name}`).join('') || '/';
}
