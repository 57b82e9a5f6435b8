import type { PublicStatus } from '@tongban/core';
import type { ChangesAnswer } from '@tongban/sync/protocol';
import { served } from './served.ts';

export type Row = ChangesAnswer['rows'][number];

/** Public status as a hall pulls it, after a few events each. Made up, the same for the same number. */
export function statusRows(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => {
    const number = `3201999202611230${String(index).padStart(11, '0')}`;
    const at = (minute: number) =>
      new Date(Date.UTC(2026, 10, 23, 2, index % 60, minute)).toISOString();
    const body = {
      caseNumber: number,
      receiptNumber: number,
      item: 'residence-permit',
      department: 'police-nanhu',
      rule: index % 3,
      state: 'accepted',
      events: [
        { kind: 'received', at: at(0) },
        { kind: 'routed', at: at(1), department: 'police-nanhu', rule: index % 3 },
        { kind: 'accepted', at: at(2), gaps: [] },
      ],
      updatedAt: at(2),
      due: '2026-12-07',
    } as unknown as PublicStatus;
    return { id: number, seq: index + 1, deleted: false, body };
  });
}

/** Serves the rows page by page from memory, as the centre's interface does, to pages of any origin. */
export async function startFeed(rows: readonly Row[]) {
  return served((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://feed').searchParams;
    const from = Number(asked.get('seq') ?? 0);
    const limit = Number(asked.get('limit') ?? 200);
    const found = rows.slice(from, from + limit);
    const seq = found.at(-1)?.seq ?? from;
    const answer: ChangesAnswer = {
      rows: found,
      checkpoint: { epoch: 'bench', seq },
      complete: seq >= rows.length,
    };
    response.writeHead(200, {
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-max-age': '600',
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(request.method === 'OPTIONS' ? '' : JSON.stringify(answer));
  });
}
