import type { Catalogue, Random } from '@tongban/core';
import type { ActionRequest, CaseDetail } from '@tongban/sync/protocol';
import { actKey } from './client.ts';

export type Action = ActionRequest['action'];
export type Shown = NonNullable<ActionRequest['shown']>;
export const shownDocuments: readonly Shown[] = [
  'resident-card',
  'temporary-card',
  'passport',
  'household-register',
  'permit',
];

/** A decision being written. It stays while other cases are looked at, and while the session is renewed. */
export interface Decision {
  readonly action: Action;
  readonly reasons: readonly string[];
  readonly materials: readonly string[];
  readonly text: string;
  readonly shown?: Shown;
  /** State the case had when staff began to decide. */
  readonly seen: CaseDetail['row']['state'];
  /** What was sent, with its key: the same request tried again is the same act. */
  readonly sent?: { readonly request: string; readonly key: string };
}

/** Begins a decision; what is missing anyway is chosen already. */
export function beginDecision(action: Action, detail: CaseDetail): Decision {
  const lacking = detail.materials
    .filter((one) => one.state === 'missing' || one.state === 'promised')
    .map((one) => one.material);
  const names = action === 'request-supplement' || action === 'accept-with-gap';
  return {
    action,
    reasons: [],
    materials: names ? lacking : [],
    text: '',
    seen: detail.row.state,
  };
}

/** Which of the catalogue's reasons an action may give; `undefined` when it gives none. */
export function reasonsFor(action: Action, catalogue: Catalogue): Catalogue['reasons'] | undefined {
  const kinds = { 'request-supplement': 'supplement', refuse: 'refuse', deny: 'deny' } as const;
  const kind = action in kinds ? kinds[action as keyof typeof kinds] : undefined;
  if (kind === undefined) return undefined;
  return catalogue.reasons.filter((reason) => reason.for.includes(kind));
}

/** What keeps a decision from being sent; each has a sentence under `staff:why`. */
export type Incomplete =
  | 'reason-needed'
  | 'material-or-text-needed'
  | 'promise-needed'
  | 'shown-needed';

export function incomplete(decision: Decision): Incomplete | undefined {
  switch (decision.action) {
    case 'request-supplement':
      if (decision.reasons.length === 0) return 'reason-needed';
      return decision.materials.length === 0 && decision.text.trim() === ''
        ? 'material-or-text-needed'
        : undefined;
    case 'refuse':
    case 'deny':
      return decision.reasons.length === 0 ? 'reason-needed' : undefined;
    case 'accept-with-gap':
      return decision.materials.length === 0 ? 'promise-needed' : undefined;
    case 'confirm-identity':
      return decision.shown === undefined ? 'shown-needed' : undefined;
    case 'accept':
    case 'grant':
    case 'begin-special-procedure':
    case 'end-special-procedure':
    case 'resolve-correction':
    case 'take-supplement':
      return undefined;
    default:
      return decision.action satisfies never;
  }
}

/** The request of a decision and the decision that remembers its key. */
export function sendable(
  decision: Decision,
  random: Random,
): { readonly request: ActionRequest; readonly key: string; readonly decision: Decision } {
  const request: ActionRequest = {
    action: decision.action,
    reasons: [...decision.reasons],
    materials: [...decision.materials],
    text: decision.text.trim(),
    seen: decision.seen,
    ...(decision.shown === undefined ? {} : { shown: decision.shown }),
  };
  const written = JSON.stringify(request);
  // Another text is another act: the centre refuses a key that comes back with a different request.
  const key = decision.sent?.request === written ? decision.sent.key : actKey(random);
  return { request, key, decision: { ...decision, sent: { request: written, key } } };
}
