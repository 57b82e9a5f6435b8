import type { OutboxEntry, PublicStatus, Receipt } from '@tongban/core';
import { useEffect, useState } from 'react';
import type { Phone } from '../device/openPhone.ts';
import type { Unfinished } from '../visit/ownVisits.ts';

/** An application that was handed in, as far as this phone knows. */
export interface OwnCase {
  readonly receipt: Receipt;
  readonly outbox: OutboxEntry | undefined;
  readonly known: Known | undefined;
}

export interface Known {
  readonly cases: readonly PublicStatus[];
  /** ISO 8601 instant. */
  readonly asOf: string;
}

export interface Own {
  /** Newest first. */
  readonly cases: readonly OwnCase[];
  readonly unfinished: readonly Unfinished[];
  /** So many more wait for the newer version of the app that wrote them. */
  readonly newer: number;
}

/** Everything of one's own, kept up to date; `undefined` until the store has answered. */
export function useOwn(phone: Phone | undefined): Own | undefined {
  const [own, setOwn] = useState<Own>();

  useEffect(() => {
    if (phone === undefined) return;
    const { device, visits } = phone;
    let left = false;
    let outbox: readonly OutboxEntry[] | undefined;
    let asked = 0;

    // Answers may overtake one another; only the one to the last question counts.
    const look = async () => {
      if (outbox === undefined) return;
      const turn = ++asked;
      const applications = await visits.own();
      const cases = await Promise.all(
        (await device.receipts.list()).map((receipt) => ownCase(phone, receipt, outbox ?? [])),
      );
      if (left || turn !== asked) return;
      setOwn({
        ...applications,
        cases: cases.toSorted((a, b) => b.receipt.sealedAt.localeCompare(a.receipt.sealedAt)),
      });
    };
    const stops = [
      device.outbox.watch((entries) => {
        outbox = entries;
        void look();
      }),
      device.watchStatus(() => void look()),
      visits.watch(() => void look()),
    ];
    return () => {
      left = true;
      for (const stop of stops) stop();
    };
  }, [phone]);

  return own;
}

async function ownCase(
  { device }: Phone,
  receipt: Receipt,
  outbox: readonly OutboxEntry[],
): Promise<OwnCase> {
  return {
    receipt,
    outbox: outbox.find(
      (entry) => entry.kind === 'application' && entry.receiptNumber === receipt.number,
    ),
    known: await device.lastKnown(receipt.number),
  };
}
