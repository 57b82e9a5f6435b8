import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary, Second } from '../control/Button.tsx';
import { type Photograph, photograph } from './resize.ts';
import { type CameraState, useCamera } from './useCamera.ts';

interface Still {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: CameraState;
  readonly taking: boolean;
  readonly take: () => void;
}

/** A camera for single pictures; on for as long as `wanted` holds. */
export function useStill(wanted: boolean, onPhotograph: (taken: Photograph) => void): Still {
  const video = useRef<HTMLVideoElement>(null);
  const state = useCamera(video, wanted);
  const [taking, setTaking] = useState(false);
  const [bug, setBug] = useState<{ readonly error: unknown }>();
  if (bug !== undefined) throw bug.error;
  const take = () => {
    if (video.current === null) return;
    setTaking(true);
    photograph(video.current)
      .then(onPhotograph, (error: unknown) => setBug({ error }))
      .finally(() => setTaking(false));
  };
  return { video, state, taking, take };
}

/** What the camera sees, with a frame to lay the paper in. All of it is on the picture. */
export function StillView({ still, name }: { readonly still: Still; readonly name: string }) {
  const { t } = useTranslation();
  return (
    <div className="shot">
      <video
        ref={still.video}
        playsInline
        muted
        aria-label={t('journey:material.view', { name })}
      />
      <svg
        className="shot-corners"
        viewBox="0 0 936 396"
        aria-hidden="true"
        preserveAspectRatio="none"
      >
        <path
          vectorEffect="non-scaling-stroke"
          d="M40 56V20h48M896 56V20h-48M40 340v36h48M896 340v36h-48"
        />
      </svg>
      {still.state !== 'on' && (
        <p className="shot-state" role="status">
          {t(`journey:camera.${still.state}`)}
        </p>
      )}
    </div>
  );
}

/** The shutter. */
export function Shutter({ still, busy }: { readonly still: Still; readonly busy: boolean }) {
  const { t } = useTranslation();
  return (
    <Primary
      icon="camera"
      disabled={still.state !== 'on'}
      busy={still.taking || busy}
      onPress={still.take}
    >
      {t('journey:material.take')}
    </Primary>
  );
}

interface FileButtonProps {
  readonly onFile: (file: File) => void;
  readonly label: string;
}

/** Chooses a picture or PDF that is already there. */
export function FileButton({ onFile, label }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Second icon="folder" onPress={() => input.current?.click()}>
        {label}
      </Second>
      <input
        ref={input}
        // The button stands for it, for the eye and for the ear.
        hidden
        type="file"
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after a correction.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
