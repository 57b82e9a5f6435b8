import type { PublicStatus } from '@tongban/core';

/** The public status of a case that was just received. */
export function receivedStatus(caseNumber: string, receiptNumber: string): PublicStatus {
  return {
    caseNumber,
    receiptNumber,
    item: 'residence-permit',
    department: 'police',
    rule: 0,
    state: 'received',
    gap: false,
    events: [],
    updatedAt: '2026-11-23T08:00:00.000Z',
  };
}
