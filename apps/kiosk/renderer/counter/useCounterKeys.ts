import { useKeys } from '@tongban/ui/staff';
import { type Tab, tabs } from './CasePane.tsx';
import { type ChoiceCard, choiceKeys } from './decisions.ts';
import type { useDay } from './useDay.ts';
import type { useDeciding } from './useDeciding.ts';

/** What the keys of the counter do now: always the list and a new filing, and the open case unless a filing lies over it. */
export function useCounterKeys(keys: {
  readonly list: Pick<ReturnType<typeof useDay>, 'step' | 'goNext'>;
  readonly deciding: ReturnType<typeof useDeciding>;
  readonly cards: readonly ChoiceCard[];
  readonly filing: boolean;
  /** The digits choose reasons, not tabs. */
  readonly givesReasons: boolean;
  toSearch(): void;
  help(): void;
  begin(): void;
  tray(): void;
  terminals(): void;
  handIn(): void;
  onTab(tab: Tab): void;
}): void {
  const { list, deciding } = keys;
  useKeys([
    { key: '/', run: () => keys.toSearch() },
    { key: '?', run: () => keys.help() },
    { key: 'F', run: () => keys.begin() },
    { key: 'O', run: () => keys.tray() },
    { key: 'T', run: () => keys.terminals() },
    { key: 'N', run: list.goNext },
    { key: 'J', run: () => list.step(1), repeats: true },
    { key: 'K', run: () => list.step(-1), repeats: true },
    ...(keys.filing
      ? []
      : [
          { key: 'P', run: () => window.print() },
          { key: 'F2', run: () => keys.handIn() },
          { key: 'Ctrl+Enter', run: () => void deciding.send() },
          ...keys.cards.map(({ choice }) => ({
            key: choiceKeys[choice],
            run: () => deciding.choose(choice),
          })),
          ...(keys.givesReasons
            ? []
            : tabs.map((one, at) => ({ key: String(at + 1), run: () => keys.onTab(one) }))),
        ]),
  ]);
}
