import { concludedStates, type PublicStatus, type Receipt, spacedCaseNumber } from '@tongban/core';
import {
  longDate,
  Primary,
  Screen,
  Second,
  timeOfDay,
  useLocal,
  useSurroundings,
} from '@tongban/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../visit/SessionProvider.tsx';
import { CaseTimeline } from './CaseTimeline.tsx';
import { PrivateScreen } from './PrivateScreen.tsx';
import { SupplementNotice } from './SupplementNotice.tsx';
import { useStatus } from './useStatus.ts';

interface ProgressScreenProps {
  readonly number: string;
  /** Left out when only the number was typed: then only what this machine knows can be shown. */
  readonly receipt?: Receipt;
  readonly onBack: () => void;
  /** To the camera, for what a number alone cannot show. */
  readonly onShow: () => void;
}

/** How far an application has come, and what it waits for. */
export function ProgressScreen({ number, receipt, onBack, onShow }: ProgressScreenProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const { terminal } = useSession();
  const catalogue = terminal.device.catalogue();
  const { known, open } = useStatus(number, receipt);
  const [opening, setOpening] = useState(false);

  const show = (
    <Primary icon="code" onPress={onShow}>
      {t('kiosk:ask.show')}
    </Primary>
  );

  if (known.at === 'asking')
    return <Screen name="progress" heading={t('kiosk:progress.asking')} onBack={onBack} />;
  if (known.at === 'unknown')
    return (
      <Screen
        name="progress"
        heading={t(`kiosk:progress.unknown.${known.why}`)}
        lead={t(`kiosk:progress.unknownLead.${known.why}`)}
        onBack={onBack}
        act={known.why === 'not-here' && show}
      />
    );
  if (opening && known.notes === undefined)
    return <PrivateScreen onBack={() => setOpening(false)} open={open} />;

  const { cases, asOf, fresh, notes } = known;
  const first = cases[0];
  const target =
    catalogue.bundles.find((bundle) => bundle.id === first?.bundle) ??
    catalogue.items.find((item) => item.id === first?.item);
  const asked = cases.filter((status) => status.state === 'supplement-requested');
  const hasWords = cases.some((status) => wroteWords(status));

  return (
    <Screen
      name="progress"
      instance={notes ? 'notes' : 'cases'}
      {...(target && { what: local(target.name) })}
      eyebrow={[<bdi key="number">{spacedCaseNumber(number)}</bdi>]}
      heading={target ? local(target.name) : t('kiosk:progress.heading')}
      lead={t(
        `kiosk:progress.${fresh ? 'asOf' : receipt === undefined ? 'asOfHere' : 'asOfLast'}`,
        {
          date: longDate(asOf, language),
          time: timeOfDay(asOf, language),
        },
      )}
      onBack={onBack}
      act={
        receipt !== undefined && hasWords && notes === undefined && fresh ? (
          <Second icon="document" onPress={() => setOpening(true)}>
            {t('kiosk:progress.private')}
          </Second>
        ) : (
          receipt === undefined && show
        )
      }
    >
      {asked.map((status) => (
        <SupplementNotice
          key={status.caseNumber}
          status={status}
          notes={notes?.filter((note) => note.caseNumber === status.caseNumber) ?? []}
        />
      ))}
      {notes
        ?.filter((note) => !asked.some((status) => status.caseNumber === note.caseNumber))
        .map((note) => (
          <blockquote
            className="note-words"
            key={`${note.caseNumber} ${note.at}`}
            lang="zh-CN"
            dir="auto"
          >
            {note.text}
          </blockquote>
        ))}
      <CaseTimeline cases={cases} />
    </Screen>
  );
}

/** Whether a department may have written something for this person alone. */
function wroteWords(status: PublicStatus): boolean {
  return (
    status.state === 'supplement-requested' ||
    (concludedStates.includes(status.state) && status.state !== 'withdrawn')
  );
}
