import {
  type Need,
  needsOf,
  type TerminalHealth,
  type TerminalsAnswer,
} from '@tongban/sync/protocol';

/** A terminal with what it asks somebody to see to. */
export interface Standing {
  readonly terminal: TerminalHealth;
  readonly needs: readonly Need[];
}

/** Those that need a hand first, longest unheard before the others; then the well ones, then what is out of service. */
export function standings(answer: TerminalsAnswer): readonly Standing[] {
  const now = new Date(answer.asOf);
  return answer.terminals
    .map((terminal) => ({
      terminal,
      needs: terminal.state === 'open' ? needsOf(terminal, now, answer.catalogueVersion) : [],
    }))
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        (rank(a) === 0 ? heard(a).localeCompare(heard(b)) : 0) ||
        a.terminal.name.localeCompare(b.terminal.name),
    );
}

function rank({ terminal, needs }: Standing): number {
  if (terminal.state !== 'open') return 2;
  return needs.length > 0 ? 0 : 1;
}

const heard = ({ terminal }: Standing) => terminal.heardAt ?? '';
