import type { Visit } from '@tongban/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { QuestionScreen } from './QuestionScreen.tsx';
import { evidence, type JourneyOnStage, journeyOnStage } from './testing/onStage.tsx';

const onNext = vi.fn();
const onBack = vi.fn();

/** The question how one wants to get the result: one choice, answered already. */
async function answered(): Promise<JourneyOnStage & { render(visit?: Visit): void }> {
  onNext.mockClear();
  onBack.mockClear();
  const stage = await journeyOnStage();
  await stage.visit.identify(evidence);
  await stage.visit.answer('result.delivery', 'window');
  const question = stage.visit.snapshot().questions.find(({ id }) => id === 'delivery')!;
  const fields = question.fields.slice(0, 1);
  const screen = (
    <QuestionScreen
      page={{ question, fields, index: 0 }}
      nextName={undefined}
      onBack={onBack}
      onNext={onNext}
    />
  );
  return { ...stage, render: (visit) => stage.show(screen, visit ?? stage.visit) };
}

const option = (name: string) =>
  vi.waitFor(() => {
    const found = [...document.querySelectorAll('label')].find((one) =>
      one.textContent?.includes(name),
    );
    if (found === undefined) throw new Error(`There is no ${name}`);
    return found;
  });
const press = async (part: string) => userEvent.click(document.querySelector(part)!);
const kept = (visit: Visit) => visit.snapshot().draft.answers['result.delivery']?.value;

test('a correction that the disk refuses is not passed over: it is said, and kept as soon as there is room', async () => {
  const stage = await answered();
  stage.render();
  const post = await option('邮寄');
  stage.disk.failure = 'quota-exceeded';
  await userEvent.click(post);
  await press('.primary');
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')).not.toBeNull());
  expect(onNext).not.toHaveBeenCalled();
  expect(kept(stage.visit)).toBe('window');

  stage.disk.failure = undefined;
  await press('.primary');
  await vi.waitFor(() => expect(kept(stage.visit)).toBe('post'));
  // The post brings an address with it: that one is asked for first, though this screen was drawn without it.
  const brought = stage.visit.snapshot().questions.find(({ id }) => id === 'delivery')?.fields[1];
  expect(onNext).not.toHaveBeenCalled();
  await stage.visit.answer(brought?.field ?? '', '南湖区桂子路 18 号 2 栋 601 室');
  await press('.primary');
  await vi.waitFor(() => expect(onNext).toHaveBeenCalledOnce());
});

test('nobody goes back from an unsaved answer unawares, and nobody is held by it', async () => {
  const stage = await answered();
  stage.render();
  const post = await option('邮寄');
  stage.disk.failure = 'storage-refused';
  const back = [...document.querySelectorAll('button')].find((one) => one.textContent === '返回')!;
  post.querySelector('input')?.click();
  back.click();
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')).not.toBeNull());
  expect(onBack).not.toHaveBeenCalled();
  back.click();
  await vi.waitFor(() => expect(onBack).toHaveBeenCalled());
});

test('touched there and back again while the first is being saved, the second counts', async () => {
  const stage = await answered();
  const slow = Promise.withResolvers<void>();
  const visit: Visit = {
    ...stage.visit,
    async answer(...given) {
      await slow.promise;
      return stage.visit.answer(...given);
    },
  };
  stage.render(visit);
  await userEvent.click(await option('邮寄'));
  await userEvent.click(await option('到大厅窗口领'));
  slow.resolve();
  await press('.primary');
  await vi.waitFor(() => expect(onNext).toHaveBeenCalledOnce());
  expect(kept(stage.visit)).toBe('window');
});

test('who is held up is led to the answer that is wanting, also where a frame comes before the screen is drawn', async () => {
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((draw) => {
    draw(0);
    return 0;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  const stage = await answered();
  await stage.visit.answer('result.delivery', '');
  stage.render();
  await option('邮寄');
  await press('.primary');
  await vi.waitFor(() =>
    expect(document.activeElement?.closest('[role=radiogroup][aria-invalid=true]')).not.toBeNull(),
  );
  expect(onNext).not.toHaveBeenCalled();
});
