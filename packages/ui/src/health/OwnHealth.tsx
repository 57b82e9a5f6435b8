import type { Language } from '@tongban/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { shortDate, timeOfDay } from '../language/format.ts';
import { useHealth } from './useHealth.ts';

/** What is shown of a device; its report to the centre says the same. */
interface DeviceHealth {
  readonly lastPull?: string;
  readonly oldestUnsent?: string;
  readonly unsent: number;
  readonly setAside: number;
  readonly room?: number;
  readonly persisted: 'granted' | 'refused' | 'unasked';
  readonly skew?: number;
}

interface OwnHealthProps {
  readonly device: { readonly health: () => Promise<DeviceHealth> };
}

/** How this device stands, line by line: for whoever has it, and for staff who look after it. */
export function OwnHealth({ device }: OwnHealthProps) {
  const { t, i18n } = useTranslation('terminal');
  const report = useHealth(device);
  if (report === undefined) return null;
  return (
    <dl className="own-health">
      {lines(report, t, i18n.language as Language).map(([name, words]) => (
        <div key={name}>
          <dt>{t(`own.${name}`)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

type Line = readonly [
  name: 'lastPull' | 'unsent' | 'oldestUnsent' | 'setAside' | 'room' | 'persisted' | 'skew',
  words: string,
];

function lines(report: DeviceHealth, t: TFunction<'terminal'>, language: Language): Line[] {
  const { lastPull, oldestUnsent, room, skew } = report;
  const moment = (iso: string) => `${shortDate(iso, language)} ${timeOfDay(iso, language)}`;
  return [
    ['lastPull', lastPull === undefined ? t('own.never') : moment(lastPull)],
    ['unsent', t('own.cases', { count: report.unsent })],
    ...(oldestUnsent === undefined ? [] : [['oldestUnsent', moment(oldestUnsent)] as const]),
    ['setAside', t('own.cases', { count: report.setAside })],
    ['room', room === undefined ? t('own.untold') : size(room, language)],
    ['persisted', t(`own.kept.${report.persisted}`)],
    [
      'skew',
      skew === undefined ? t('own.untold') : t('own.seconds', { count: Math.round(skew / 1000) }),
    ],
  ];
}

/** Rounded to what a person would say. */
function size(bytes: number, language: Language): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'gigabyte'] : [bytes / 1e6, 'megabyte'];
  return new Intl.NumberFormat(language === 'ug' ? 'en' : language, {
    style: 'unit',
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
