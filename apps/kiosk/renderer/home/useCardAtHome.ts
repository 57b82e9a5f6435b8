import { useCard } from '@tongban/ui';
import { useSession } from '../visit/SessionProvider.tsx';

/** Putting a card down is itself a choice: whoever does so at the home is asked what they came for. */
export function useCardAtHome(): void {
  const { terminal, visit } = useSession();
  useCard(terminal.reader, (evidence) => visit.send({ type: 'identified', evidence }));
}
