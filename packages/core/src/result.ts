/** Outcome of an operation that a user can make fail. Bugs throw; expected failures come back as values. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | Failure<E>;

/** The failing half of a {@link Result}. `error` is a closed set of reasons, never free text. */
export interface Failure<E> {
  readonly ok: false;
  readonly error: E;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): Failure<E> {
  return { ok: false, error };
}
