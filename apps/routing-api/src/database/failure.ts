/** Why the centre could not be started; each has one clear sentence with its remedy in the locale files. */
export type StartFailureCode =
  | 'no-postgres-for-platform'
  | 'folder-closed'
  | 'folder-not-ours'
  | 'data-in-use'
  | 'database-did-not-start'
  | 'database-unreachable'
  | 'database-too-old'
  | 'database-newer'
  | 'no-log'
  | 'port-taken'
  | 'not-for-production'
  | 'provider-file'
  | 'provider-clear';

/** Thrown by `startRoutingApi` for what whoever runs it can put right. `message` is the sentence to show. */
export class StartFailure extends Error {
  readonly code: StartFailureCode;
  constructor(code: StartFailureCode, message: string) {
    super(message);
    this.name = 'StartFailure';
    this.code = code;
  }
}
