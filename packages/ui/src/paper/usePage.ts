import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { OpenPaper } from './pages.ts';

/** Width of what `box` holds, in CSS pixels, as the window changes; 0 before it stands. */
export function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [box]);
  return width;
}

/**
 * Draws a page (from 1) on `canvas`, `width` CSS pixels wide, and gives its text. `onDrawn` hears whether it stands
 * there.
 */
export function usePage(
  canvas: RefObject<HTMLCanvasElement | null>,
  paper: OpenPaper,
  page: number,
  width: number,
  onDrawn: (drawn: boolean) => void,
): string {
  const [text, setText] = useState('');
  const told = useRef(onDrawn);
  told.current = onDrawn;

  useEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0) return;
    let over = false;
    paper.draw(page, width, devicePixelRatio).then(
      (sheet) => {
        if (over) return;
        // Only the width that was asked for last is shown, whichever is ready first.
        element.style.width = `${width}px`;
        element.width = sheet.width;
        element.height = sheet.height;
        element.getContext('2d')?.drawImage(sheet, 0, 0);
        told.current(true);
      },
      () => over || told.current(false),
    );
    return () => {
      over = true;
    };
  }, [canvas, paper, page, width]);

  useEffect(() => {
    let over = false;
    // Without its words the page can still be read by the eye.
    paper.text(page).then(
      (words) => over || setText(words),
      () => over || setText(''),
    );
    return () => {
      over = true;
    };
  }, [paper, page]);

  return text;
}
