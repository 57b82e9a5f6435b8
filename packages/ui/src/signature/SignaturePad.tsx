import { type PointerEvent, type ReactNode, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { extend, type PenPoint, penWidth, type Stroke } from './strokes.ts';

interface SignaturePadProps {
  readonly strokes: readonly Stroke[];
  readonly onStrokes: (strokes: readonly Stroke[]) => void;
  /** Under the line, at its start: what to write. */
  readonly hint: ReactNode;
  /** Under the line, at its end: the way to confirm without drawing. */
  readonly otherWay?: ReactNode;
  readonly onBegin?: () => void;
}

/** A wide line to sign on. Records place, time and pressure of every sample the pen gives, not only the frames. */
export function SignaturePad({ strokes, onStrokes, hint, otherWay, onBegin }: SignaturePadProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = useRef<{ stroke: Stroke; pointer: number } | undefined>(undefined);
  const began = useRef<number | undefined>(undefined);

  const draw = useCallback((all: readonly Stroke[]) => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const ratio = devicePixelRatio;
    const { offsetWidth, offsetHeight } = element;
    element.width = Math.round(offsetWidth * ratio);
    element.height = Math.round(offsetHeight * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = pen.fillStyle = getComputedStyle(element).color;
    const base = Math.max(2.5, offsetHeight / 26);
    for (const stroke of all) drawStroke(pen, stroke, base);
  }, []);

  useEffect(() => {
    if (strokes.length === 0) began.current = undefined;
    draw(strokes);
  }, [strokes, draw]);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => draw(strokes));
    watch.observe(element);
    return () => watch.disconnect();
  }, [strokes, draw]);

  // The drawing is scaled to the panel; samples are kept in its own pixels.
  const sample = (event: {
    clientX: number;
    clientY: number;
    timeStamp: number;
    pressure: number;
  }) => {
    const element = canvas.current as HTMLCanvasElement;
    const box = element.getBoundingClientRect();
    began.current ??= event.timeStamp;
    return {
      x: ((event.clientX - box.left) / box.width) * element.offsetWidth,
      y: ((event.clientY - box.top) / box.height) * element.offsetHeight,
      t: event.timeStamp - began.current,
      pressure: event.pressure,
    } satisfies PenPoint;
  };

  const onDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (now.current !== undefined || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    now.current = { stroke: [sample(event)], pointer: event.pointerId };
    onBegin?.();
  };
  const onMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (now.current?.pointer !== event.pointerId) return;
    const coalesced = event.nativeEvent.getCoalescedEvents?.() ?? [];
    const events = coalesced.length > 0 ? coalesced : [event.nativeEvent];
    now.current.stroke = extend(now.current.stroke, events.map(sample));
    draw([...strokes, now.current.stroke]);
  };
  const onUp = (event: PointerEvent<HTMLCanvasElement>) => {
    if (now.current?.pointer !== event.pointerId) return;
    const { stroke } = now.current;
    now.current = undefined;
    onStrokes([...strokes, stroke]);
  };

  return (
    <div className="signbox">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('journey:sign.padLabel', { count: strokes.length })}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
      />
      <div className="signbox-line" />
      <div className="signbox-under">
        <span>{hint}</span>
        {otherWay}
      </div>
    </div>
  );
}

function drawStroke(pen: CanvasRenderingContext2D, stroke: Stroke, base: number): void {
  const [first] = stroke;
  if (first === undefined) return;
  if (stroke.length === 1) {
    pen.beginPath();
    pen.arc(first.x, first.y, base / 2, 0, 2 * Math.PI);
    pen.fill();
    return;
  }
  let width = base * 0.8;
  for (const [index, point] of stroke.entries()) {
    const before = stroke[index - 1];
    if (before === undefined) continue;
    // Widths follow slowly, so that the line swells and thins like ink instead of jumping.
    width += (penWidth(before, point, base) - width) * 0.35;
    pen.lineWidth = width;
    pen.beginPath();
    pen.moveTo(before.x, before.y);
    pen.lineTo(point.x, point.y);
    pen.stroke();
  }
}
