import { err, type Result, type StoreFailure } from '@tongban/core';

/** Names under which IndexedDB and Dexie report that the disk or the browser said no. Everything else is a bug. */
const refusals: ReadonlySet<string> = new Set([
  'AbortError',
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'NotReadableError',
  'OpenFailedError',
  'SecurityError',
  'TimeoutError',
  'TransactionInactiveError',
  'UnknownError',
]);

/** What the disk said, or `undefined` when the error is none of its answers. */
export function storeFailure(error: unknown): StoreFailure | undefined {
  for (const name of namesOf(error)) {
    if (name === 'QuotaExceededError') return 'quota-exceeded';
  }
  for (const name of namesOf(error)) {
    if (refusals.has(name)) return 'storage-refused';
  }
  return undefined;
}

/** Work on the disk whose refusals come back as reasons, whatever step they stopped it at. Bugs stay exceptions. */
export async function attempt<T, E>(
  work: () => Promise<Result<T, E>>,
): Promise<Result<T, E | StoreFailure>> {
  try {
    return await work();
  } catch (error) {
    const failure = storeFailure(error);
    if (failure === undefined) throw error;
    return err(failure);
  }
}

/** The error and those it wraps: Dexie keeps the cause in `inner`, bulk errors in `failures`. */
function* namesOf(error: unknown): Generator<string> {
  if (typeof error !== 'object' || error === null) return;
  const { name, inner, cause, failures } = error as Record<string, unknown>;
  if (typeof name === 'string') yield name;
  yield* namesOf(inner);
  yield* namesOf(cause);
  if (Array.isArray(failures)) for (const failure of failures) yield* namesOf(failure);
}
