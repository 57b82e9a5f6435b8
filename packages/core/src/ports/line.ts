/**
 * The line to the centre, judged by a probe that only the centre can answer (a captive portal cannot),
 * never by `navigator.onLine`.
 */
export type LineState =
  | { readonly at: 'unknown' }
  | {
      readonly at: 'connected';
      readonly since: string;
      /** Centre's clock minus ours, in ms. */
      readonly skew: number;
      /** The centre no longer understands this version of the app: what is handed in waits here for a newer one. */
      readonly tooOld?: true;
    }
  | {
      readonly at: 'cut';
      readonly since: string;
      readonly why: 'unreachable' | 'not-the-centre' | 'server-fault';
    };

export interface Line {
  state(): LineState;
  watch(listener: (state: LineState) => void): () => void;
}
