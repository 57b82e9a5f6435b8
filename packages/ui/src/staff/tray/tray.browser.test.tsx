import '../staff.css';
import { err, type OutboxEntry, ok } from '@tongban/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { startLanguages } from '../../language/start.ts';
import type { TrayDesk } from './desk.ts';
import { Tray } from './Tray.tsx';

let root: Root;
beforeAll(() => startLanguages({ language: 'en', namespaces: ['common', 'staff'] }));
beforeEach(() => {
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
});
afterEach(() => root.unmount());

const entries: readonly OutboxEntry[] = [
  {
    submissionId: 'a',
    receiptNumber: '320199120261123ABCDEFGHJKMN7',
    kind: 'application',
    createdAt: '2026-11-23T09:00:00Z',
    state: { at: 'set-aside', reason: 'cannot-decrypt' },
  },
  {
    submissionId: 'b',
    receiptNumber: '320199120261123ABCDEFGHJKMN8',
    kind: 'application',
    createdAt: '2026-11-22T09:00:00Z',
    state: { at: 'saved', waits: 'terminal-closed' },
  },
];

function desk() {
  const done: string[] = [];
  const made: TrayDesk = {
    outbox: {
      put: async () => ok(undefined),
      list: async () => entries,
      watch(listener) {
        listener(entries);
        return () => undefined;
      },
    },
    resend: async (id) => void done.push(`resend ${id}`),
    carry: {
      pack: async (ids) => ({
        parts: [new Uint8Array([1])],
        code: `TBX1:${'k'.repeat(43)}`,
        packed: ids,
        lost: ['a'],
        left: [],
      }),
      carried: async (ids) => void done.push(`carried ${ids}`),
      takeIn: async (_, code) =>
        code === 'right'
          ? ok([{ submissionId: 'c', receiptNumber: '320199', outcome: 'taken-in' }])
          : err('wrong-code'),
    },
  };
  return { made, done };
}

const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(name))!;
const text = () => document.body.textContent ?? '';

test('the tray says why each is here; they are sent again, and packed with a code to be kept apart', async () => {
  const { made, done } = desk();
  const saved: string[] = [];
  let chosen = false;
  const save = async (name: string) => {
    saved.push(name);
    return chosen;
  };
  root.render(<Tray desk={made} save={save} onClose={() => undefined} />);
  await expect.poll(text).toContain('The centre cannot open it');
  expect(text()).toContain('The centre has closed this machine');
  await userEvent.click(button('Send again'));
  expect(done).toEqual(['resend a']);

  await userEvent.click(button('Export these 2 cases'));
  await expect.poll(text).toContain(`TBX1:${'k'.repeat(43)}`);
  expect(text()).toContain('1 of them lacks a file');
  await userEvent.click(button('Save the file'));
  await expect.poll(text).toContain('The file was not saved');
  expect(done).toEqual(['resend a']);
  chosen = true;
  await userEvent.click(button('Save the file'));
  await expect.poll(() => done).toEqual(['resend a', 'carried a,b']);
  expect(saved[0]).toBe('tongban-kkkkkk.tbx');
});

test('what another machine packed is taken in with its code, and a wrong code is said', async () => {
  const { made } = desk();
  root.render(<Tray desk={made} save={async () => true} onClose={() => undefined} />);
  await expect.poll(() => document.querySelectorAll('input').length).toBe(2);
  const [file, code] = [...document.querySelectorAll('input')] as [
    HTMLInputElement,
    HTMLInputElement,
  ];
  await userEvent.upload(file, new File([new Uint8Array([1])], 'x.tbx'));
  await userEvent.fill(code, 'wrong');
  await userEvent.click(button('Take in'));
  await expect.poll(text).toContain('This code does not open this file');
  await userEvent.fill(code, 'right');
  await userEvent.click(button('Take in'));
  await expect.poll(text).toContain('taken in, sent by itself');
});
