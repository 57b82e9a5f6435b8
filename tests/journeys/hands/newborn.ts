import { sampleApplication } from '@tongban/core/testing';
import type { Page } from 'playwright-core';
import { atScreen, touch } from './kiosk.ts';
import { photographOf } from './materialPhotograph.ts';
import { answerQuestions } from './questions.ts';
import { say } from './words.ts';

/** What the mother knows, by dictionary field id. */
const answers = Object.fromEntries(
  Object.entries(sampleApplication.answers).map(([field, { value }]) => [field, value]),
);

/** Shows the code on her other phone, agrees to everything asked for, and goes on to the questions. */
export async function identifyAndAgree(page: Page): Promise<void> {
  await touch(page, new RegExp(`^${say('journey:identity.code')}`));
  await atScreen(page, 'notice');
  for (const consent of await page.getByRole('checkbox').all()) await consent.check();
  await touch(page, say('journey:notice.agree'));
  await atScreen(page, 'path');
  await touch(page, new RegExp(`^${say('journey:path.begin')}`));
}

export async function answerNewborn(page: Page): Promise<void> {
  await answerQuestions(page, answers);
}

/** The hospital's page with its code, and the father's card. */
export async function newbornPages(): Promise<Readonly<Record<'birth' | 'father', Buffer>>> {
  const child = { childName: '林知夏', birthDate: '2026年11月9日', motherName: '丁小禾' };
  return {
    birth: await photographOf({
      title: '出生医学信息页',
      lines: { 孩子姓名: child.childName, 出生日期: child.birthDate, 母亲: child.motherName },
      code: { kind: 'birth-page', attributes: child },
    }),
    father: await photographOf({
      title: '居民身份证',
      lines: { 姓名: '林远舟', 公民身份号码: '320199199205180010' },
      code: { kind: 'identity', attributes: { name: '林远舟', residentId: '320199199205180010' } },
    }),
  };
}
