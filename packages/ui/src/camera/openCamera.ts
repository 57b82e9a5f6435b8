/** Why there is no picture. */
export type CameraFault = 'no-camera' | 'denied' | 'busy';

/** Opens the camera that looks away from the person, or says why it cannot be had. */
export async function openCamera(
  size: Pick<MediaTrackConstraints, 'width' | 'height'>,
): Promise<{ readonly stream: MediaStream } | { readonly why: CameraFault }> {
  // Without a secure origin the browser offers no cameras at all.
  if (navigator.mediaDevices === undefined) return { why: 'no-camera' };
  try {
    const video = { facingMode: { ideal: 'environment' }, ...size };
    return { stream: await navigator.mediaDevices.getUserMedia({ audio: false, video }) };
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    return { why: reasons[fault.name] ?? 'busy' };
  }
}

/** Ends it: a camera that stays on behind a closed screen would be a betrayal. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
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
