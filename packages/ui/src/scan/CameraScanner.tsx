import type { Evidence } from '@tongban/core/scan';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import type { IconName } from '../icon/paths.ts';
import type { ReadDocument, ScannedCode } from './messages.ts';
import './scan.css';
import { readStill } from './scanRoom.ts';
import { switchTorch, useCamera } from './useCamera.ts';
import { type Sight, useReading } from './useReading.ts';

interface CameraScannerProps {
  /** `full` is the phone's whole screen, `inset` a window in a kiosk's screen. */
  readonly look: 'full' | 'inset';
  /**
   * Takes a code. A sentence as the answer says why it does not help here and the camera goes on;
   * without one the scanner has done its work.
   */
  readonly onCode: (code: ScannedCode) => Promise<string | undefined>;
  /** Takes a card or a passport, in the same way. Without it only codes are looked for. */
  readonly onDocument?: (document: ReadDocument) => Promise<string | undefined>;
  /** Another way than the camera. */
  readonly onType?: () => void;
  readonly typeLabel?: string;
  readonly onClose?: () => void;
  readonly heading?: string;
  readonly lead?: string;
}

/** Shows what the camera sees, reads what is held before it, and says what stands in the way. */
export function CameraScanner(props: CameraScannerProps) {
  const { t, i18n } = useTranslation();
  const { look, onCode, onDocument } = props;
  const seek = onDocument === undefined ? 'codes' : 'documents';
  const video = useRef<HTMLVideoElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [attempt, setAttempt] = useState(0);
  const camera = useCamera(video, attempt);
  const take = async (evidence: Evidence) =>
    evidence.source === 'code' ? onCode(evidence) : onDocument?.(evidence);
  const sight = useReading(video, camera.at === 'running', seek, take, i18n.language);
  const [torch, setTorch] = useState(false);
  const [album, setAlbum] = useState<string>();

  useEffect(() => title.current?.focus({ preventScroll: true }), []);

  const lamp = camera.at === 'running' && camera.torch ? camera.track : undefined;
  const failed = camera.at === 'failed' || sight.broken;
  const seen =
    camera.at === 'failed'
      ? t(`scan:fault.${camera.why}`)
      : sight.broken
        ? t('scan:fault.broken')
        : (sight.refusal ??
          (camera.at === 'starting'
            ? t('scan:starting')
            : t(`scan:sight.${sightWords(sight, seek, lamp !== undefined)}`)));
  // Whoever chose a picture hears of it, with a camera or without one.
  const state = album ?? seen;

  const fromAlbum = async (file: Blob) => {
    setAlbum(t('scan:album.reading'));
    const read = await readStill(file, seek);
    if (!read.ok) return setAlbum(t('scan:album.notPicture'));
    const [found] = read.value.evidence;
    if (found !== undefined) return setAlbum(await take(found));
    const { advice } = read.value;
    setAlbum(t(advice === 'none' ? `scan:album.none.${seek}` : `scan:sight.${advice}`));
  };

  // What the camera has to say now is newer than what a picture said.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the camera's words takes its place
  useEffect(() => setAlbum(undefined), [sight.advice, sight.refusal]);

  return (
    <section
      className={`scan scan-${look}`}
      data-screen={look === 'full' ? 'scan' : undefined}
      data-seek={seek}
    >
      <video ref={video} autoPlay muted playsInline />
      {look === 'full' && (
        <header className="scan-say">
          <h1 ref={title} tabIndex={-1}>
            {props.heading ?? t('scan:heading')}
          </h1>
          <p>{props.lead ?? t('scan:lead')}</p>
        </header>
      )}
      <div className="scan-window" data-failed={failed || undefined}>
        <i aria-hidden="true" />
        <i aria-hidden="true" />
      </div>
      <div className="scan-do">
        <p className="scan-state" role="status" data-scan={failed ? 'failed' : camera.at}>
          {state}
        </p>
        {failed && (
          <button
            type="button"
            className="scan-retry"
            onClick={() => {
              setAlbum(undefined);
              setAttempt((before) => before + 1);
            }}
          >
            {t('scan:retry')}
          </button>
        )}
        {look === 'full' && (
          <div className="scan-ways">
            <label className="scan-way">
              <Icon name="picture" />
              <span>{t('scan:album.open')}</span>
              <input
                type="file"
                accept="image/*"
                className="spoken"
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  event.target.value = '';
                  if (file === undefined) return;
                  fromAlbum(file).catch((fault: unknown) => {
                    console.error('Reading a picture broke off.', fault);
                    setAlbum(t('scan:fault.broken'));
                  });
                }}
              />
            </label>
            {lamp !== undefined && (
              <Way
                icon="torch"
                pressed={torch}
                onPress={() => void switchTorch(lamp, !torch).then(() => setTorch(!torch))}
              >
                {t(torch ? 'scan:torchOff' : 'scan:torch')}
              </Way>
            )}
            {props.onType && (
              <Way icon="keypad" onPress={props.onType}>
                {props.typeLabel ?? t('scan:type')}
              </Way>
            )}
          </div>
        )}
        {look === 'full' && props.onClose && (
          <button type="button" className="scan-close" onClick={props.onClose}>
            <Icon name="close" />
            {t('scan:close')}
          </button>
        )}
      </div>
    </section>
  );
}

/** What is right for a code is not for a card: that one is turned over, this one is not. */
function sightWords({ advice }: Sight, seek: 'codes' | 'documents', lamp: boolean) {
  if (advice === 'dark' && lamp) return 'darkTorch';
  if (seek === 'codes') return advice === 'turned' ? 'none' : advice;
  return advice === 'none' ? 'document' : advice;
}

interface WayProps {
  readonly icon: IconName;
  readonly pressed?: boolean;
  readonly onPress: () => void;
  readonly children: string;
}

function Way({ icon, pressed, onPress, children }: WayProps) {
  return (
    <button type="button" className="scan-way" aria-pressed={pressed} onClick={onPress}>
      <Icon name={icon} />
      <span>{children}</span>
    </button>
  );
}
