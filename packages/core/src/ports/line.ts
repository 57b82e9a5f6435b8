/**
 * The line to the centre, judged by a probe that only the centre can answer (a captive portal cannot),
 * never by `navigator.onLine`.
 */
export type LineState =
  | { readonly at: 'unknown' }
  | {
      readonly at: 'connected';
      readonly since: string /** Centre's clock minus ours, in ms. */;
      readonly skew: number;
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
