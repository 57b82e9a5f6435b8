import type { PublicStatus } from '@tongban/core';
import { longDate, useLocal, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useSession } from '../visit/SessionProvider.tsx';
import type { PrivateNote } from './useStatus.ts';

interface SupplementNoticeProps {
  readonly status: PublicStatus;
  readonly notes: readonly PrivateNote[];
}

/** What is missing, by when, and why; the department's own words once it is known who reads them. */
export function SupplementNotice({ status, notes }: SupplementNoticeProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const { terminal } = useSession();
  const catalogue = terminal.device.catalogue();
  const event = status.events.findLast((each) => each.kind === 'supplement-requested');
  if (event?.kind !== 'supplement-requested') return null;
  const item = catalogue.items.find((each) => each.id === status.item);
  const materials = event.materials.map((id) => {
    const material = item?.materials.find((each) => each.id === id);
    return material ? local(material.name) : id;
  });
  const reasons = event.reasons.flatMap((id) => {
    const reason = catalogue.reasons.find((each) => each.id === id);
    return reason ? [local(reason.text)] : [];
  });
  return (
    <section className="supplement">
      <h2>{t('kiosk:progress.notice.heading', { materials: materials.join(t('kiosk:and')) })}</h2>
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {notes.map((note) => (
        <blockquote className="note-words" key={note.at} lang="zh-CN" dir="auto">
          {note.text}
        </blockquote>
      ))}
      <dl>
        <dt>{t('kiosk:progress.notice.until')}</dt>
        <dd>{longDate(event.until, language)}</dd>
        <dt>{t('kiosk:progress.notice.where')}</dt>
        <dd>{t('kiosk:progress.notice.whereWhat')}</dd>
        <dt>{t('kiosk:progress.notice.clock')}</dt>
        <dd>{t('kiosk:progress.notice.clockWhat')}</dd>
      </dl>
    </section>
  );
}
