import { type StaffClient, type StaffSession, useCases, useSearch } from '@tongban/ui/staff';
import { useEffect, useMemo, useState } from 'react';
import type { CounterPlace } from './filing/filings.ts';
import { nextWaiting, submissionsOf } from './submissions.ts';
import type { useFilings } from './useFilings.ts';

/** How often the list is asked for while the page is looked at. */
const everyMs = 4_000;

/** The list of the day or of what was searched for, which submission of it is open, and the ways to another. */
export function useDay(
  client: StaffClient,
  place: CounterPlace,
  onFault: StaffSession['onFault'],
  filings: ReturnType<typeof useFilings>,
  onSelected: () => void,
) {
  const search = useSearch(client, onFault);
  const { found } = search;
  const day = useCases(client, everyMs, onFault);
  const { connected } = day.line;
  useEffect(() => {
    // The list came: the line is back, and what is saved here need not wait for the next look by itself.
    if (connected === true) void place.device.probe();
  }, [connected, place]);
  const list = useMemo(() => {
    const rows = found?.rows ?? day.rows;
    return rows === undefined ? undefined : submissionsOf(rows);
  }, [found, day.rows]);
  const [chosen, setChosen] = useState<string>();
  const selected =
    list?.find((one) => one.receiptNumber === chosen) ??
    (chosen === undefined ? list?.[0] : undefined);
  const next =
    list && nextWaiting(list, filings.open === undefined ? selected?.receiptNumber : undefined);

  const select = (receiptNumber: string | undefined) => {
    filings.putAside();
    setChosen(receiptNumber);
    onSelected();
  };
  const step = (by: number) => {
    if (list === undefined || list.length === 0) return;
    const at = list.findIndex((one) => one.receiptNumber === selected?.receiptNumber);
    select(list[Math.min(list.length - 1, Math.max(0, at + by))]?.receiptNumber);
  };
  const find = async (text: string) => {
    const rows = await search.find(text);
    if (rows !== undefined) select(rows[0]?.receiptNumber);
  };
  const goNext = () => {
    if (next !== undefined) select(next.receiptNumber);
  };
  return { day, search, found, list, selected, next, select, step, find, goNext };
}
