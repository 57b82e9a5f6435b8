import { useSyncExternalStore } from 'react';

/** The panel sizes that kiosk screens are drawn for, in CSS pixels. */
const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

export type Orientation = 'portrait' | 'landscape';

function measure(): string {
  const orientation: Orientation = innerWidth > innerHeight ? 'landscape' : 'portrait';
  const drawn = orientation === 'portrait' ? portrait : landscape;
  const zoom = Math.min(innerWidth / drawn.width, innerHeight / drawn.height);
  return `${orientation} ${zoom.toFixed(4)}`;
}

function watch(listener: () => void): () => void {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
}

/** How the kiosk's drawing fits this panel: its orientation, and the factor it is scaled by. */
export function useStage(): { readonly orientation: Orientation; readonly zoom: number } {
  const [orientation, zoom] = useSyncExternalStore(watch, measure).split(' ') as [
    Orientation,
    string,
  ];
  return { orientation, zoom: Number(zoom) };
}
