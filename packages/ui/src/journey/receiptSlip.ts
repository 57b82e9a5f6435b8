import { type Language, type Receipt, spacedCaseNumber, spacedSecret } from '@tongban/core';
import type { TFunction } from 'i18next';
import { longDate, timeOfDay } from '../language/format.ts';

interface SlipOptions {
  readonly receipt: Receipt;
  readonly name: string;
  readonly applicant: string;
  readonly language: Language;
  readonly t: TFunction;
}

/** What is printed: as little of a person as will do, for slips are left lying about. */
export function receiptSlip({ receipt, name, applicant, language, t }: SlipOptions) {
  return {
    lines: [
      t('journey:slip.title'),
      name,
      spacedCaseNumber(receipt.number),
      t('journey:slip.secret', { secret: spacedSecret(receipt) }),
      t('journey:slip.saved', {
        date: longDate(receipt.sealedAt, language),
        time: timeOfDay(receipt.sealedAt, language),
      }),
      t('journey:slip.applicant', { name: maskedName(applicant) }),
      t('journey:slip.keep'),
    ],
    qr: receipt.code,
  };
}

/** 丁*禾. */
function maskedName(name: string): string {
  const characters = [...name];
  if (characters.length < 2) return name;
  return characters
    .map((character, index) =>
      index === 0 || (index === characters.length - 1 && index > 1) ? character : '*',
    )
    .join('');
}
