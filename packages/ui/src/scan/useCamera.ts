import { type RefObject, useEffect, useState } from 'react';

export type CameraFault = 'no-camera' | 'denied' | 'busy' | 'lost';

export type CameraState =
  | { readonly at: 'starting' }
  | { readonly at: 'running'; readonly track: MediaStreamTrack; readonly torch: boolean }
  | { readonly at: 'failed'; readonly why: CameraFault };

/** Wide enough for a dense code at arm's length, small enough for a frame to be read in its time. */
const wanted: MediaStreamConstraints = {
  audio: false,
  video: {
    facingMode: { ideal: 'environment' },
    width: { ideal: 1280 },
    height: { ideal: 720 },
  },
};

/** The torch is part of the Image Capture draft, which the `dom` library does not describe. */
interface TorchCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean;
}

/**
 * Runs the camera into a video element as long as the component stands, and stops it with it: a
 * camera that stays on behind a closed screen would be a betrayal. Another `attempt` tries again.
 */
export function useCamera(video: RefObject<HTMLVideoElement | null>, attempt: number): CameraState {
  const [state, setState] = useState<CameraState>({ at: 'starting' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens the camera anew
  useEffect(() => {
    const end = new AbortController();
    let stream: MediaStream | undefined;
    setState({ at: 'starting' });
    void open().then((opened) => {
      if ('why' in opened) {
        if (!end.signal.aborted) setState({ at: 'failed', why: opened.why });
        return;
      }
      stream = opened.stream;
      const track = stream.getVideoTracks()[0];
      if (end.signal.aborted || video.current === null || track === undefined) {
        stop(stream);
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
      if (stream !== undefined) stop(stream);
    };
  }, [video, attempt]);

  return state;
}

/** Switches the lamp; on a camera that has one this does not fail. */
export async function switchTorch(track: MediaStreamTrack, on: boolean): Promise<void> {
  await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}

async function open(): Promise<{ stream: MediaStream } | { why: CameraFault }> {
  // Without a secure origin the browser offers no cameras at all.
  if (navigator.mediaDevices === undefined) return { why: 'no-camera' };
  try {
    return { stream: await navigator.mediaDevices.getUserMedia(wanted) };
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    return { why: reasons[fault.name] ?? 'busy' };
  }
}

/** W3C Media Capture and Streams, 10.2. */
const reasons: Readonly<Record<string, CameraFault>> = {
  NotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
