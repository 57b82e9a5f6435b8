import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary, Second } from '../control/Button.tsx';
import { type Photograph, photograph } from './resize.ts';
import { useCamera } from './useCamera.ts';

interface StillCameraProps {
  /** What is to be photographed. */
  readonly name: string;
  readonly onPhotograph: (photograph: Photograph) => void;
  readonly onFile: (file: File) => void;
  readonly busy: boolean;
}

/** The camera with a frame to lay the paper in, a shutter, and the way by file. */
export function StillCamera({ name, onPhotograph, onFile, busy }: StillCameraProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const state = useCamera(video, true);
  const [taking, setTaking] = useState(false);

  const take = async () => {
    if (video.current === null) return;
    setTaking(true);
    try {
      onPhotograph(await photograph(video.current));
    } finally {
      setTaking(false);
    }
  };

  return (
    <div className="still">
      <div className="shot">
        {/* biome-ignore lint/a11y/useMediaCaption: a live view of the camera has nothing to caption */}
        <video ref={video} playsInline muted aria-label={t('journey:material.view', { name })} />
        <Corners />
        {state !== 'on' && (
          <p className="shot-state" role="status">
            {t(`journey:camera.${state}`)}
          </p>
        )}
      </div>
      <div className="act">
        <Primary
          icon="camera"
          disabled={state !== 'on'}
          busy={taking || busy}
          onPress={() => void take()}
        >
          {t('journey:material.take')}
        </Primary>
        <FileButton onFile={onFile} label={t('journey:material.file')} />
      </div>
    </div>
  );
}

export function Corners() {
  return (
    <svg
      className="shot-corners"
      viewBox="0 0 936 396"
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      <path
        vectorEffect="non-scaling-stroke"
        d="M60 72V24h60M876 72V24h-60M60 324v48h60M876 324v48h-60"
      />
    </svg>
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
        className="spoken"
        type="file"
        tabIndex={-1}
        aria-label={label}
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
