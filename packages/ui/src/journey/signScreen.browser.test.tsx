import { err, ok, type UnsignedPaper, type Visit } from '@tongban/core';
import { blankPdf } from '@tongban/core/testing';
import { expect, test, vi } from 'vitest';
import { SignScreen } from './SignScreen.tsx';
import { journeyOnStage } from './testing/onStage.tsx';

const nothing = () => undefined;
const screen = (key = '') => (
  <SignScreen key={key} onBack={nothing} onCorrect={nothing} onSubmitted={nothing} />
);
/** The viewer is loaded when it is first needed. */
const patience = { timeout: 20_000 };
const submit = () => button('签好了，提交');

function button(name: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(name));
}

function form(pdf: Uint8Array): UnsignedPaper {
  return {
    item: 'residence-permit',
    paper: 'application-form',
    title: '申请表',
    pdf,
    pages: 1,
    drawnAsCodePoint: [],
  };
}

test('a paper that cannot be shown cannot be signed, and the screen says so', async () => {
  const stage = await journeyOnStage();
  let pdf = new TextEncoder().encode('no paper at all');
  const visit: Visit = { ...stage.visit, papers: async () => ok([form(pdf)]) };
  stage.show(screen(), visit);
  await vi.waitFor(() => expect(document.body.textContent).toContain('还不能签名提交'), patience);
  expect(submit()?.disabled).toBe(true);

  pdf = blankPdf;
  stage.show(screen('again'), visit);
  await vi.waitFor(() => expect(submit()?.disabled).toBe(false), patience);
});

test('without the font there is a way back, and the paper comes by itself with the line', async () => {
  const stage = await journeyOnStage();
  let here = false;
  const visit: Visit = {
    ...stage.visit,
    papers: async () => (here ? ok([form(blankPdf)]) : err('font-missing')),
  };
  stage.show(screen(), visit);
  await vi.waitFor(() => expect(document.body.textContent).toContain('填的内容都在'), patience);
  expect(submit()?.disabled).toBe(true);
  expect(button('返回')).toBeDefined();
  here = true;
  stage.setLine({ at: 'connected', since: '2026-11-23T06:00:00.000Z', skew: 0 });
  await vi.waitFor(() => expect(submit()?.disabled).toBe(false), patience);
});

test('the paper fits its window again when that becomes narrower', async () => {
  const stage = await journeyOnStage();
  const visit: Visit = { ...stage.visit, papers: async () => ok([form(blankPdf)]) };
  stage.show(screen(), visit);
  const drawnAs = () => {
    const frame = document.querySelector<HTMLElement>('.paper-window');
    const canvas = frame?.querySelector<HTMLCanvasElement>('canvas[data-drawn]');
    return [frame?.clientWidth, canvas?.clientWidth];
  };
  await vi.waitFor(() => expect(drawnAs()[1]).toBeGreaterThan(0), patience);
  const [wide] = drawnAs();
  document.querySelector<HTMLElement>('.paper')?.style.setProperty('width', '240px');
  await vi.waitFor(() => {
    const [room, drawn] = drawnAs();
    expect(room).toBeLessThan(wide ?? 0);
    expect(drawn).toBe(room);
  }, patience);
});
