import type { Draft } from '@tongban/core';
import { sampleApplication } from '@tongban/core/testing';

const { answers, consents, evidence, catalogueVersion, receiptNumber } = sampleApplication;

/** A newborn bundle as it stands before the person signs, with all its answers; another one for each `round`. */
export function draftOf(round: number): Draft {
  const at = new Date(Date.UTC(2026, 10, 23, 6) + round * 1000).toISOString();
  return {
    id: '00000000-0000-4000-9000-0000000000d1' as Draft['id'],
    target: { kind: 'bundle', id: 'newborn' },
    catalogueVersion,
    submissionId: sampleApplication.submissionId as Draft['submissionId'],
    receiptNumber: receiptNumber as Draft['receiptNumber'],
    receiptSecret: 'A'.repeat(22),
    caseNumbers: {},
    language: 'zh-CN',
    createdAt: at,
    updatedAt: at,
    filing: { mode: 'self' },
    evidence,
    consents,
    answers: { ...answers, 'mother.mobile': { value: `138${round}`, source: 'typed' } },
    materials: {},
    papers: [],
    step: 'materials',
  };
}
