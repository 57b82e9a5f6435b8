import { Who } from '@tongban/sync/protocol';
import Value from 'typebox/value';

const place = 'tongban-counter-who';

/**
 * Who works at this window, for the life of the tab: a page loaded anew without a line still knows in whose name it
 * files. It opens nothing at the centre; there only the session counts.
 */
export function rememberWho(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  who: Who | undefined,
) {
  if (who === undefined) storage.removeItem(place);
  else storage.setItem(place, JSON.stringify(who));
}

export function rememberedWho(storage: Pick<Storage, 'getItem'>): Who | undefined {
  const kept = storage.getItem(place);
  if (kept === null) return undefined;
  try {
    const who: unknown = JSON.parse(kept);
    return Value.Check(Who, who) && who.role === 'counter' ? who : undefined;
  } catch {
    return undefined;
  }
}
