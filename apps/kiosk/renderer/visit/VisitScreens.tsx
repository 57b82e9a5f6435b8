import {
  type Frame,
  FrameContext,
  HandScanning,
  KioskStage,
  LineNote,
  useLine,
  useOutbox,
} from '@tongban/ui';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChooseScreen } from '../choose/ChooseScreen.tsx';
import { HelpDialog } from '../help/HelpDialog.tsx';
import { useHelp } from '../help/useHelp.ts';
import { IdleScreen } from '../idle/IdleScreen.tsx';
import { useWatch } from '../idle/useWatch.ts';
import { AskScreen } from '../progress/AskScreen.tsx';
import { GiveScreen } from '../resume/GiveScreen.tsx';
import { ResumeScreen } from '../resume/ResumeScreen.tsx';
import { AtHome } from '../terminal/AtHome.tsx';
import { useEnrolment } from '../terminal/useEnrolment.ts';
import { Application } from './Application.tsx';
import { EndingScreen } from './EndingScreen.tsx';
import { useSession, useVisitState } from './SessionProvider.tsx';

const Panel = lazy(() =>
  import('../panel/Panel.tsx').then(({ Panel: Found }) => ({ default: Found })),
);

/** The screen of the visit's state, on the stage, with the countdown over it when nobody is there. */
export function VisitScreens() {
  const { t } = useTranslation();
  const { terminal, visit, presence } = useSession();
  const { device, hands } = terminal;
  const state = useVisitState();
  const line = useLine(device.line);
  const outbox = useOutbox(device.outbox);
  const enrolled = useEnrolment(device);
  const help = useHelp();
  const asked = useWatch();
  const home = state.matches('home');
  const draft = state.context.opened?.visit.snapshot().draft;

  useEffect(() => {
    document.title = t('kiosk:title');
  }, [t]);

  const frame = useMemo<Frame>(
    () => ({
      line: (
        <LineNote
          line={line}
          outbox={outbox}
          where={home ? 'home' : draft?.receipt ? 'receipt' : 'visit'}
          saved={draft !== undefined}
        />
      ),
      onHelp: help.open,
      ...(!home && { onEnd: () => visit.send({ type: 'end' }) }),
      hall: enrolled?.hall ?? t('kiosk:hall'),
      spot: enrolled?.name ?? t('kiosk:spot'),
    }),
    [line, outbox, home, draft, help.open, visit, enrolled, t],
  );

  return (
    <FrameContext value={frame}>
      <KioskStage>
        <HandScanning
          scanners={terminal.scanners}
          paused={asked}
          onScan={() => presence.send({ type: 'touch' })}
        >
          {/* Whoever comes back finds everything as it was, to the picture just taken. */}
          <div className="under" hidden={asked}>
            <Current />
          </div>
        </HandScanning>
        {asked && <IdleScreen />}
        {help.shown && !asked && <HelpDialog onClose={help.close} />}
      </KioskStage>
      {hands && new URLSearchParams(location.search).has('panel') && (
        <Suspense fallback={null}>
          <Panel hands={hands} />
        </Suspense>
      )}
    </FrameContext>
  );
}

function Current() {
  const state = useVisitState();
  if (state.matches('broken')) throw state.context.bug;
  if (state.matches('home')) return <AtHome />;
  if (state.matches('choosing') || state.matches('beginning')) return <ChooseScreen />;
  if (state.matches('resuming')) return <ResumeScreen />;
  if (state.matches('asking')) return <AskScreen purpose="progress" />;
  if (state.matches('printing')) return <AskScreen purpose="print" />;
  if (state.matches('ending') || state.matches('ended')) return <EndingScreen />;
  const { opened } = state.context;
  if (opened === undefined) return <EndingScreen />;
  if (state.matches({ applying: 'giving' })) return <GiveScreen opened={opened} />;
  return <Application key={opened.space.id} opened={opened} />;
}
