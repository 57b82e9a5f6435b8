import { type RefObject, useEffect, useState } from 'react';

/** Why there is no picture. */
export type CameraTrouble = 'no-camera' | 'refused' | 'in-use';

export type CameraState = 'starting' | 'on' | CameraTrouble;

/** Shows the camera in a video element for as long as `wanted` holds. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, wanted: boolean): CameraState {
  const [state, setState] = useState<CameraState>('starting');

  useEffect(() => {
    if (!wanted) return;
    let stream: MediaStream | undefined;
    let gone = false;
    const stop = () => stream?.getTracks().forEach((track) => void track.stop());
    setState('starting');
    if (!navigator.mediaDevices) {
      setState('no-camera');
      return;
    }
    navigator.mediaDevices
      .getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 2560 }, height: { ideal: 1440 } },
      })
      .then(async (opened) => {
        stream = opened;
        if (gone || video.current === null) return stop();
        video.current.srcObject = opened;
        await video.current.play();
        if (!gone) setState('on');
      })
      .catch((error: unknown) => {
        if (!gone) setState(troubleOf(error));
      });
    return () => {
      gone = true;
      stop();
    };
  }, [video, wanted]);

  return state;
}

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'in-use';
  return 'no-camera';
}
