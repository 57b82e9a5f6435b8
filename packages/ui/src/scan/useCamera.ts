import { type RefObject, useEffect, useState } from 'react';
import { type CameraFault, closeCamera, openCamera } from '../camera/openCamera.ts';

export type CameraState =
  | { readonly at: 'starting' }
  | { readonly at: 'running'; readonly track: MediaStreamTrack; readonly torch: boolean }
  | { readonly at: 'failed'; readonly why: CameraFault | 'lost' };

/** Wide enough for a dense code at arm's length, small enough for a frame to be read in its time. */
const size = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** The torch is part of the Image Capture draft, which the `dom` library does not describe. */
interface TorchCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean;
}

/**
 * Runs the camera into a video element as long as the component stands, and stops it with it. Another `attempt`
 * tries again.
 */
export function useCamera(video: RefObject<HTMLVideoElement | null>, attempt: number): CameraState {
  const [state, setState] = useState<CameraState>({ at: 'starting' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens the camera anew
  useEffect(() => {
    const end = new AbortController();
    let stream: MediaStream | undefined;
    setState({ at: 'starting' });
    void openCamera(size).then((opened) => {
      if ('why' in opened) {
        if (!end.signal.aborted) setState({ at: 'failed', why: opened.why });
        return;
      }
      stream = opened.stream;
      const track = stream.getVideoTracks()[0];
      if (end.signal.aborted || video.current === null || track === undefined) {
        closeCamera(stream);
        return;
      }
      track.addEventListener('ended', () => setState({ at: 'failed', why: 'lost' }), {
        signal: end.signal,
      });
      video.current.srcObject = stream;
      const { torch = false } = track.getCapabilities() as TorchCapabilities;
      setState({ at: 'running', track, torch });
    });
    return () => {
      end.abort();
      if (stream !== undefined) closeCamera(stream);
    };
  }, [video, attempt]);

  return state;
}

/** Switches the lamp; on a camera that has one this does not fail. */
export async function switchTorch(track: MediaStreamTrack, on: boolean): Promise<void> {
  await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}
