import './staff.css';
import { err, ok } from '@tongban/core';
import type { CodeSignInState, SignInWays, Who } from '@tongban/sync/protocol';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { startLanguages } from '../language/start.ts';
import type { StaffByCode } from './byCode.ts';
import type { StaffClient } from './client.ts';
import { SignIn } from './SignIn.tsx';

let root: Root;
beforeAll(() => startLanguages({ language: 'en', namespaces: ['common', 'staff'] }));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
});
afterEach(() => {
  root.unmount();
  vi.useRealTimers();
});

const who: Who = { account: 'staff-42', name: '戴宁', role: 'counter', window: '5' };

function show(ways: SignInWays, byCode?: StaffByCode) {
  const inside: Who[] = [];
  const client = {
    ways: async () => ok(ways),
    // As a centre does, it answers after the page was drawn again.
    who: () => new Promise((answer) => requestAnimationFrame(() => answer(ok(who)))),
  };
  root.render(
    <SignIn
      client={client as unknown as StaffClient}
      page="counter"
      title="Counter"
      lead=""
      {...(byCode === undefined ? {} : { byCode })}
      onSignedIn={(one) => inside.push(one)}
    />,
  );
  return inside;
}
const button = (name: string) =>
  vi.waitUntil(() =>
    [...document.querySelectorAll('button')].find((one) => one.textContent?.startsWith(name)),
  );
const text = () => document.body.innerText;

function codes(answers: (CodeSignInState | 'no-line')[]): StaffByCode {
  return {
    begin: async () =>
      ok({
        handle: 'h',
        userCode: 'BCDF-GHJK',
        address: 'https://id.city.example/device',
        expiresInSeconds: 600,
        intervalSeconds: 5,
      }),
    ask: async () => {
      const next = answers.shift() ?? 'no-line';
      return next === 'no-line' ? err('no-line') : ok(next);
    },
  };
}

test('a centre that knows no way says so and asks for no password', async () => {
  show({ password: false, provider: false });
  await vi.waitUntil(() => text().includes('No sign-in service is connected'));
  expect(document.querySelector('input')).toBeNull();
});

test('ways that could not be asked for can be asked for again', async () => {
  const answers = [err({ reason: 'no-line' }), ok({ password: true, provider: false })];
  const client = { ways: async () => answers.shift() };
  root.render(
    <SignIn
      client={client as unknown as StaffClient}
      page="counter"
      title="Counter"
      lead=""
      onSignedIn={() => undefined}
    />,
  );
  await userEvent.click(await button('Try again'));
  await vi.waitUntil(() => document.querySelector('input[type=password]') !== null);
  expect(document.querySelector('[role=alert]')?.textContent).toBe('');
});

test('[A16] the code stands there through waiting and a lost line, and leads in', async () => {
  const inside = show(
    { password: false, provider: true },
    codes([{ state: 'waiting' }, 'no-line', { state: 'signed-in' }]),
  );
  await userEvent.click(await button('Sign in with your phone'));
  await vi.waitUntil(() => text().includes('BCDF-GHJK'));
  for (let asked = 0; asked < 2; asked += 1) {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(text()).toContain('BCDF-GHJK');
  }
  expect(inside).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  await vi.waitUntil(() => inside.length > 0);
  expect(inside).toEqual([who]);
});

test('[A16] what came to nothing is said, and can be begun again', async () => {
  show({ password: false, provider: true }, codes([{ state: 'over', why: 'not-this-counter' }]));
  await userEvent.click(await button('Sign in with your phone'));
  await vi.waitUntil(() => text().includes('BCDF-GHJK'));
  await vi.advanceTimersByTimeAsync(5_000);
  await vi.waitUntil(() => text().includes('not that of counter staff in this hall'));
  await userEvent.click(await button('Sign in with your phone'));
  await vi.waitUntil(() => text().includes('BCDF-GHJK'));
});
