import type { Visit } from '@tongban/core';
import { Journey, type JourneyPlace, useSurroundings } from '@tongban/ui';
import { useEffect, useMemo, useState } from 'react';
import { paperFonts } from '../terminal/paperFonts.ts';
import { LeaveDialog } from './LeaveDialog.tsx';
import type { Opened } from './machine.ts';
import { RatingScreen } from './RatingScreen.tsx';
import { useSession, useVisitState } from './SessionProvider.tsx';

/** One application: the journey that kiosk and phone share, with this terminal's devices. */
export function Application({ opened }: { readonly opened: Opened }) {
  const { visit: application } = opened;
  const { terminal, visit, presence } = useSession();
  const { language } = useSurroundings();
  const rating = useVisitState().matches({ applying: 'rating' });
  const [leaving, setLeaving] = useState(false);
  const leave = () => visit.send({ type: 'back' });

  useEffect(() => {
    const { receipt, language: kept } = application.snapshot().draft;
    if (receipt === undefined && kept !== language) void application.setLanguage(language);
  }, [application, language]);

  useEffect(() => {
    const look = () => {
      const evidence = application.snapshot().draft.evidence.at(-1);
      if (evidence !== undefined) visit.send({ type: 'identified', evidence });
    };
    look();
    return application.subscribe(look);
  }, [application, visit]);

  const place = useMemo<JourneyPlace>(() => {
    const { device, clock, reader, printer } = terminal;
    return {
      get catalogue() {
        return application.snapshot().catalogue;
      },
      clock,
      get trust() {
        return terminal.trust();
      },
      line: device.line,
      outbox: device.outbox,
      fonts: paperFonts,
      ...(reader && { reader }),
      ...(printer && { printer }),
      lastKnown: (receipt) => device.lastKnown(receipt),
      watchStatus: (listener) => device.watchStatus(listener),
      hold(why) {
        presence.send({ type: 'hold', why });
        return () => presence.send({ type: 'release', why });
      },
      onHandOver: () => visit.send({ type: 'give' }),
    };
  }, [application, terminal, visit, presence]);

  if (rating) return <RatingScreen visit={application} />;
  return (
    <>
      <Journey
        visit={application}
        place={place}
        onLeave={() => (filledIn(application) ? setLeaving(true) : leave())}
        onRate={() => visit.send({ type: 'rate' })}
        onAnother={() => visit.send({ type: 'another' })}
      />
      {leaving && <LeaveDialog onStay={() => setLeaving(false)} onLeave={leave} />}
    </>
  );
}

/** Whether leaving would lose anything that the person did themselves. */
function filledIn(application: Visit): boolean {
  const { answers, materials } = application.snapshot().draft;
  return (
    Object.values(answers).some(({ source }) => source === 'typed') ||
    Object.values(materials).some(({ files }) => files.length > 0)
  );
}
