import { type RefObject, useEffect, useState } from 'react';
import { type CameraFault, closeCamera, openCamera } from './openCamera.ts';

export type CameraState = 'starting' | 'on' | CameraFault;

/** Large enough for the small print of a paper that fills the picture. */
const size = { width: { ideal: 2560 }, height: { ideal: 1440 } };

/** Shows the camera in a video element for as long as `wanted` holds. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, wanted: boolean): CameraState {
  const [state, setState] = useState<CameraState>('starting');

  useEffect(() => {
    if (!wanted) return;
    let stream: MediaStream | undefined;
    let gone = false;
    setState('starting');
    const show = async (): Promise<CameraState> => {
      const opened = await openCamera(size);
      if ('why' in opened) return opened.why;
      stream = opened.stream;
      if (gone || video.current === null) {
        closeCamera(stream);
        return 'starting';
      }
      video.current.srcObject = stream;
      await video.current.play();
      return 'on';
    };
    void show().then(
      (next) => !gone && setState(next),
      // It was opened and does not play: something took it away.
      () => !gone && setState('busy'),
    );
    return () => {
      gone = true;
      if (stream !== undefined) closeCamera(stream);
    };
  }, [video, wanted]);

  return state;
}
