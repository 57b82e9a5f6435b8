import type { Visit } from '@tongban/core';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { startLanguages } from '../language/start.ts';
import { Surround } from '../setting/surroundings.tsx';
import { AskedBefore } from './AskedBefore.tsx';
import { JourneyContext, type JourneyPlace } from './journey.ts';
import { Routes } from './Routes.tsx';

let root: Root;

beforeAll(() => startLanguages({ language: 'zh-CN', namespaces: ['common', 'journey'] }));
beforeEach(() => {
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
});
afterEach(() => root.unmount());

const text = (words: string) => ({ 'zh-CN': words });
const departments = [
  { id: 'police-nanhu', name: text('南湖分局') },
  { id: 'police', name: text('市公安局') },
  { id: 'health', name: text('卫生健康委') },
];
const permit = {
  id: 'residence-permit',
  name: text('居住证申领'),
  routing: [
    {
      when: { field: 'residence.street', startsWith: '3201991' },
      to: 'police-nanhu',
      because: text('您住在南湖区'),
    },
    { to: 'police', because: text('由市局指派') },
  ],
  faq: [
    { q: text('孩子也能办吗？'), a: text('可以。') },
    { q: text('多久签注一次？'), a: text('每年一次。') },
  ],
};
const birth = {
  id: 'birth-certificate',
  name: text('出生医学证明'),
  routing: [{ to: 'health', because: text('由卫生健康委签发') }],
  faq: [],
};

function show(items: readonly object[], answers: object, children: ReactNode) {
  const snapshot = {
    plan: { items: items.map((item) => ({ item, after: [] })) },
    draft: { answers },
  };
  const visit = { snapshot: () => snapshot, subscribe: () => () => undefined };
  const place = { catalogue: { departments } };
  root.render(
    <Surround place="kiosk">
      <JourneyContext
        value={{ visit: visit as unknown as Visit, place: place as unknown as JourneyPlace }}
      >
        {children}
      </JourneyContext>
    </Surround>,
  );
}
const shown = () => document.getElementById('root')?.textContent;

test('says before anything is sent where the case will go and why', async () => {
  show([permit], { 'residence.street': { value: '320199103' } }, <Routes />);
  await expect.poll(shown).toBe('将送到南湖分局：您住在南湖区');
  show([permit], { 'residence.street': { value: '320199203' } }, <Routes />);
  await expect.poll(shown).toBe('将送到市公安局：由市局指派');
});

test('says it for each case of a bundle, by its name', async () => {
  show([birth, permit], {}, <Routes />);
  await expect
    .poll(shown)
    .toBe('出生医学证明将送到卫生健康委：由卫生健康委签发居住证申领将送到市公安局：由市局指派');
});

test('what people ask lies behind one line', async () => {
  show([permit, birth], {}, <AskedBefore />);
  const answer = page.getByText('每年一次。');
  await expect.element(answer).not.toBeVisible();
  await page.getByText('大家常问的 2 个问题').click();
  await expect.element(answer).toBeVisible();
});

test('where nobody asked anything there is no line', async () => {
  show([birth], {}, <AskedBefore />);
  show([birth], {}, <p>after</p>);
  await expect.poll(shown).toBe('after');
  show([birth], {}, <AskedBefore />);
  await expect.poll(shown).toBe('');
});
