import type { HandScan, HandScanner, Timer } from '@tongban/core';
import { type FieldBefore, fieldBefore, isWritten } from './fieldBefore.ts';
import { type KeyStroke, keyCodes } from './keyCodes.ts';

/**
 * A hand scanner that types (keyboard wedge), beside the person's own keyboard. What it types reaches no field, no button
 * and no shortcut:
 * - Outside of fields a key that writes is held back for the moment it takes to tell whose it is, a tenth of a second at
 *   most, and then acts if it is a person's. Else the first letters of a code would be commands.
 * - In a field nothing is held back, so that typing and input methods work as ever. When the keys turn out to be a
 *   scanner's, the field is put back as it was; where an input method is at work the field is left until the code is over.
 */
export function keyboardScanner(page: Document, timer: Timer): HandScanner {
  const listeners = new Set<(scan: HandScan) => void>();
  let stop = () => {};
  return {
    watch(listener) {
      const one = (scan: HandScan) => listener(scan);
      if (listeners.size === 0)
        stop = listen(page, timer, (scan) => {
          for (const each of [...listeners]) each(scan);
        });
      listeners.add(one);
      return () => {
        if (listeners.delete(one) && listeners.size === 0) stop();
      };
    },
  };
}

function listen(page: Document, timer: Timer, onScan: (scan: HandScan) => void): () => void {
  let field: FieldBefore | undefined;
  let inputMethod = false;
  let scanning = false;
  let held: KeyboardEvent[] = [];
  /** Keys that are down and of which the page does not know. */
  const down = new Set<string>();
  const given = new WeakSet<Event>();

  const giveBack = () => {
    const events = held;
    held = [];
    for (const event of events) {
      const again = repeated(event);
      given.add(again);
      if (event.type === 'keydown') down.delete(event.code);
      const target = event.target instanceof Element && event.target.isConnected;
      (target ? (event.target as Element) : page.body).dispatchEvent(again);
    }
  };
  const keys = keyCodes({
    timer,
    onBegin() {
      field = fieldBefore(page);
      inputMethod = false;
    },
    onPerson: giveBack,
    onScanner() {
      scanning = true;
      held = [];
      field?.restore();
      if (inputMethod) field?.leave();
    },
    onEnd(scan) {
      scanning = false;
      field?.comeBack();
      field = undefined;
      if (scan !== undefined) onScan(scan);
    },
  });

  const onDown = (event: KeyboardEvent) => {
    if (given.has(event)) return;
    const whose = keys.down(strokeOf(event));
    if (event.isComposing || event.key === 'Process') inputMethod = true;
    if (whose === 'person') return;
    if (whose === 'scanner') {
      // From here on an input method may have begun to write: it was not at work when the first keys came.
      if (inputMethod) field?.leave();
      return withhold(event);
    }
    // Space presses what has the focus, as soon as it is let go: a person's must not come late.
    if (isWritten(page.activeElement) || event.code === 'Space') return;
    held.push(event);
    withhold(event);
  };
  const onUp = (event: KeyboardEvent) => {
    if (given.has(event)) return;
    const whose = keys.up(strokeOf(event));
    if (!down.delete(event.code) && whose !== 'scanner') return;
    if (held.length > 0) held.push(event);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const withhold = (event: KeyboardEvent) => {
    down.add(event.code);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onWrite = (event: Event) => {
    if (scanning) event.preventDefault();
  };

  const view = page.defaultView ?? window;
  view.addEventListener('keydown', onDown, true);
  view.addEventListener('keyup', onUp, true);
  view.addEventListener('beforeinput', onWrite, true);
  return () => {
    view.removeEventListener('keydown', onDown, true);
    view.removeEventListener('keyup', onUp, true);
    view.removeEventListener('beforeinput', onWrite, true);
    giveBack();
  };
}

function strokeOf(event: KeyboardEvent): KeyStroke {
  return {
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey,
    meta: event.metaKey,
    capsLock: event.getModifierState('CapsLock'),
    repeat: event.repeat,
    at: event.timeStamp,
    late: Math.max(0, performance.now() - event.timeStamp),
  };
}

function repeated(event: KeyboardEvent): KeyboardEvent {
  return new KeyboardEvent(event.type, {
    key: event.key,
    code: event.code,
    location: event.location,
    shiftKey: event.shiftKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
}
