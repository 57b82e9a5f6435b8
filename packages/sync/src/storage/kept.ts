import type { Result, StoreFailure } from '@tongban/core';
import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';
import type { Row, Rows } from './rows.ts';

export interface KeptRow extends Row {
  readonly value: unknown;
}

/** Single things that a device remembers, by name. What does not fit its schema (any more) counts as not there. */
export interface Kept {
  get<S extends TSchema>(name: string, schema: S): Promise<Static<S> | undefined>;
  set(name: string, value: unknown): Promise<Result<unknown, StoreFailure>>;
  remove(name: string): Promise<Result<void, StoreFailure>>;
  /** Also for changes by other tabs. */
  watch(listener: (name: string, value: unknown) => void): () => void;
}

export function keptIn(rows: Rows<KeptRow>): Kept {
  return {
    async get(name, schema) {
      const row = await rows.get(name);
      return row !== undefined && Value.Check(schema, row.value) ? row.value : undefined;
    },
    set: (name, value) => rows.update(name, () => ({ id: name, value })),
    remove: (name) => rows.remove([name]),
    watch: (listener) => rows.watch((name, row) => listener(name, row?.value)),
  };
}
