import { type RefObject, useLayoutEffect, useState } from 'react';

/** The panel sizes that kiosk screens are drawn for, in CSS pixels. */
const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

/** How the kiosk's drawing fits the place it has: its orientation, and its size before it is scaled. */
export interface Stage {
  readonly orientation: 'portrait' | 'landscape';
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** Scales the drawing to a place of this size; the longer side gets what the proportions leave over. */
export function stageFor(width: number, height: number): Stage {
  const orientation = width > height ? 'landscape' : 'portrait';
  const drawn = orientation === 'portrait' ? portrait : landscape;
  const zoom = Math.min(width / drawn.width, height / drawn.height);
  return { orientation, zoom, width: width / zoom, height: height / zoom };
}

/** The stage for an element, and for every size it takes. */
export function useStage(element: RefObject<HTMLElement | null>): Stage | undefined {
  const [stage, setStage] = useState<Stage>();
  useLayoutEffect(() => {
    const place = element.current;
    if (place === null) return;
    const measure = () => {
      const { clientWidth, clientHeight } = place;
      if (clientWidth > 0 && clientHeight > 0) setStage(stageFor(clientWidth, clientHeight));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(place);
    return () => watch.disconnect();
  }, [element]);
  return stage;
}
