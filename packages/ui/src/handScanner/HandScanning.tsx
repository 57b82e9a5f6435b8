import { type HandScanner, systemTimer } from '@tongban/core';
import { classify } from '@tongban/core/scan';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { openModal } from '../dialog/openModal.ts';
import { Icon } from '../icon/Icon.tsx';
import './handScan.css';
import { scanDesk } from './scanDesk.ts';
import { ScanDeskContext } from './useHandScan.ts';

/** Milliseconds that a sentence about a scan stays: long enough to be read aloud slowly. */
const shownFor = 10_000;

interface HandScanningProps {
  readonly scanners: readonly HandScanner[];
  /** Nobody is heard: it is being asked whether anybody is there, and who scans may be the next one. */
  readonly paused?: boolean;
  /** Somebody is there: another code came than the last time. One that lies under a scanner is read for as long as it does. */
  readonly onScan?: () => void;
  readonly children: ReactNode;
}

interface Note {
  /** Which of all scans it is about. */
  readonly scan: number;
  readonly sentence: string;
  readonly host: Element;
}

/** Hands what the scanners of this place read to the screen that awaits it, and says what did not help. */
export function HandScanning({ scanners, paused = false, onScan, children }: HandScanningProps) {
  const { t } = useTranslation();
  const desk = useMemo(() => scanDesk(classify, systemTimer), []);
  const [note, setNote] = useState<Note>();
  const [bug, setBug] = useState<{ readonly error: unknown }>();
  const state = useRef({ paused, onScan, t });
  useEffect(() => {
    state.current = { paused, onScan, t };
  });

  useLayoutEffect(() => {
    const say = (scan: number, sentence: string) =>
      setNote({
        scan,
        sentence,
        host: openModal() ?? document.querySelector('.stage') ?? document.body,
      });
    let heard: string | undefined;
    let count = 0;
    const stops = scanners.map((scanner) =>
      scanner.watch((scan) => {
        const now = state.current;
        if (now.paused) return;
        if (now.onScan !== undefined) {
          const what = scan.ok ? scan.value : scan.error;
          if (what !== heard) now.onScan();
          heard = what;
        }
        count += 1;
        const mine = count;
        desk.hear(scan).then(
          (scanned) => {
            if (scanned.at === 'again') return;
            // What was said of a later one is still so when this one has been worked on.
            if (scanned.at === 'taken')
              return setNote((note) => (note && note.scan > mine ? note : undefined));
            if (scanned.at === 'refused') return say(mine, scanned.sentence);
            say(
              mine,
              now.t(`fault:handScan.${scanned.at === 'failed' ? scanned.why : scanned.at}`),
            );
          },
          (error: unknown) => setBug({ error }),
        );
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [desk, scanners]);

  useEffect(() => {
    if (note === undefined) return;
    const clear = () => setNote(undefined);
    const timer = setTimeout(clear, shownFor);
    // It lies over something that somebody may want to touch.
    addEventListener('pointerdown', clear, { capture: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('pointerdown', clear, { capture: true });
    };
  }, [note]);

  if (bug !== undefined) throw bug.error;
  return (
    <ScanDeskContext value={desk}>
      {children}
      {note !== undefined &&
        // Inside the dialog where there is one: it lies over everything else, and readers hear only what is in it.
        createPortal(
          <p className="fault fault-wide hand-scan-note" role="alert">
            <Icon name="attention" />
            <span>{note.sentence}</span>
          </p>,
          note.host.isConnected ? note.host : document.body,
        )}
    </ScanDeskContext>
  );
}
