import { type HandScan, ok, systemTimer } from '@tongban/core';
import { handScannerContract } from '@tongban/core/contracts';
import { useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { keyboardScanner } from './keyboardScanner.ts';
import { type WedgeKey, wedgeKeys } from './wedgeKeys.ts';

interface Keyboard {
  send(method: string, parameters: object): Promise<unknown>;
}
const browser = () => cdp() as unknown as Keyboard;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const numbers: Readonly<Record<string, number>> = { Enter: 13, Tab: 9, Space: 32, ShiftLeft: 16 };
const digit = /^(?:Key|Digit)(.)$/;

function told({ type, code, shift, key }: WedgeKey): object {
  const writes = type === 'keydown' && (key.length === 1 || key === 'Enter');
  return {
    type: type === 'keyup' ? 'keyUp' : writes ? 'keyDown' : 'rawKeyDown',
    code,
    key,
    modifiers: shift ? 8 : 0,
    windowsVirtualKeyCode: numbers[code] ?? digit.exec(code)?.[1]?.charCodeAt(0) ?? 0,
    ...(writes && { text: key === 'Enter' ? '\r' : key }),
  };
}

/** Real keys, as the browser takes them from a keyboard, one after the other as a hand does. */
async function typed(text: string, gap: number): Promise<void> {
  for (const key of wedgeKeys(text, '')) {
    await browser().send('Input.dispatchKeyEvent', told(key));
    await pause(gap);
  }
}

/** The same from a scanner: all on their way, each with the moment at which the machine noticed it. */
async function scanned(text: string, gap = 1, ending = '\n'): Promise<void> {
  const from = Date.now() / 1_000;
  await Promise.all(
    wedgeKeys(text, ending).map((key, index) =>
      browser().send('Input.dispatchKeyEvent', {
        ...told(key),
        timestamp: from + (index * gap) / 1_000,
      }),
    ),
  );
}

let root: Root;
let heard: HandScan[];
let stop: () => void;
const pressed = vi.fn();
const commands: string[] = [];
const onCommand = (event: KeyboardEvent) => commands.push(event.key);

/** A form as our screens have them: React holds what is in the field. */
function Form() {
  const [text, setText] = useState('');
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <input id="field" value={text} onChange={(event) => setText(event.target.value)} />
      <output>{text}</output>
      <select id="choice" defaultValue="b">
        <option>alpha</option>
        <option>b</option>
        <option>TBH1</option>
      </select>
      <button id="button" type="button" onClick={pressed}>
        OK
      </button>
    </form>
  );
}
const field = () => document.querySelector<HTMLInputElement>('#field')!;
const button = () => document.querySelector<HTMLButtonElement>('#button')!;
const code = 'TBH1:bG9j_~-.a2V5';

beforeEach(async () => {
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
  root.render(<Form />);
  await vi.waitFor(() => expect(field()).not.toBeNull());
  heard = [];
  commands.length = 0;
  pressed.mockClear();
  stop = keyboardScanner(document, systemTimer).watch((scan) => heard.push(scan));
  document.addEventListener('keydown', onCommand);
});
afterEach(() => {
  stop();
  document.removeEventListener('keydown', onCommand);
  root.unmount();
});

const arrived = (count = 1) =>
  vi.waitFor(() => expect(heard).toHaveLength(count), { timeout: 5_000 });

handScannerContract('by the keyboard', async () => {
  // A page has one keyboard, and one that listens to it.
  stop();
  // Keys go to the frame that has the focus.
  button().focus();
  return {
    scanner: keyboardScanner(document, systemTimer),
    async scan(text) {
      const began = Date.now();
      await scanned(text, 0.2);
      // A page that comes late to the keys waits as much longer for the next one.
      await pause(Date.now() - began + 400);
    },
    close: async () => undefined,
  };
});

test('a code reaches no shortcut and presses no button', async () => {
  button().focus();
  await scanned('TB1:a b\tc');
  await arrived();
  expect(heard).toEqual([ok('TB1:a b\tc')]);
  expect(pressed).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(button());
  expect(commands.filter((key) => key !== 'Shift')).toEqual([]);
});

test('a code leaves the field as it was, with the cursor where it stood', async () => {
  field().focus();
  await typed('ab cd', 120);
  field().setSelectionRange(2, 2);
  await scanned(code);
  await arrived();
  expect(heard).toEqual([ok(code)]);
  expect(field().value).toBe('ab cd');
  expect(document.querySelector('output')?.textContent).toBe('ab cd');
  expect(field().selectionStart).toBe(2);
  expect(document.activeElement).toBe(field());
});

test.each([10, 40])('a slow scanner is told too, at %i ms a report', async (gap) => {
  const times: number[] = [];
  field().addEventListener('keydown', ({ timeStamp }) => times.push(timeStamp));
  field().focus();
  await scanned('320199199403120027', gap);
  await arrived();
  expect(heard).toEqual([ok('320199199403120027')]);
  expect(field().value).toBe('');
  // That the page saw them at this pace: the first ones go to the field like a person's.
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeCloseTo(gap * 2, 0);
});

test('a code leaves a list as it was', async () => {
  const choice = document.querySelector<HTMLSelectElement>('#choice')!;
  choice.focus();
  await scanned(code);
  await arrived();
  expect(choice.value).toBe('b');
});

test('with an input method on the code is the same, and nothing of it is written', async () => {
  field().focus();
  await scanned('x', 1, '');
  await pause(150);
  const composed: string[] = [];
  field().addEventListener('compositionupdate', ({ data }) => composed.push(data));
  for (const { type, code: place, shift, key } of wedgeKeys(code)) {
    await browser().send('Input.dispatchKeyEvent', {
      type: type === 'keyup' ? 'keyUp' : 'rawKeyDown',
      code: place,
      key: key === 'Shift' ? key : 'Process',
      modifiers: shift ? 8 : 0,
      windowsVirtualKeyCode: key === 'Shift' ? 16 : 229,
    });
    // What the input method makes of it, wherever there is a field for it to write in.
    if (type === 'keydown' && /^[a-z]$/i.test(key) && document.activeElement === field())
      await browser().send('Input.imeSetComposition', {
        text: key.toLowerCase(),
        selectionStart: 1,
        selectionEnd: 1,
      });
  }
  await arrived();
  expect(heard).toEqual([ok(code)]);
  await vi.waitFor(() => expect(document.activeElement).toBe(field()));
  expect(composed).toContain('t');
  expect(field().value).toBe('x');
  expect(document.querySelector('output')?.textContent).toBe('x');
});

test('what a person types with an input method is theirs', async () => {
  field().focus();
  for (const text of ['n', 'ni']) {
    await browser().send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      code: text.length === 1 ? 'KeyN' : 'KeyI',
      key: 'Process',
      windowsVirtualKeyCode: 229,
    });
    await browser().send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
    await pause(120);
  }
  await browser().send('Input.insertText', { text: '你' });
  await pause(300);
  expect(field().value).toBe('你');
  expect(heard).toEqual([]);
});

test('what a person types is never lost, in a field or as a command', async () => {
  field().focus();
  await typed('Ding 12-3', 110);
  await pause(200);
  expect(field().value).toBe('Ding 12-3');
  commands.length = 0;
  field().blur();
  await typed('nf?', 130);
  await pause(200);
  expect(commands.filter((key) => key !== 'Shift')).toEqual(['n', 'f', '?']);
  // Two keys rolled over each other are not yet a scanner.
  await scanned('jk', 1, '');
  await vi.waitFor(() =>
    expect(commands.filter((key) => key !== 'Shift')).toEqual(['n', 'f', '?', 'j', 'k']),
  );
  expect(heard).toEqual([]);
});

test('Enter behind few keys comes after them', async () => {
  button().focus();
  await scanned('jk');
  await vi.waitFor(() => expect(pressed).toHaveBeenCalledOnce());
  expect(commands).toEqual(['j', 'k', 'Enter']);
});

test('the space bar presses at once', async () => {
  button().focus();
  await scanned(' ', 1, '');
  expect(pressed).toHaveBeenCalledOnce();
});
