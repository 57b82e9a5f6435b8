import type { CaseDetail, CasesAnswer } from '@tongban/sync/protocol';
import type { Page } from 'playwright-core';
import { type LaunchedChromium, launchChromium } from '../../support/index.ts';
import { say } from './words.ts';

/** A department's desk: its page, and what the page asks the centre. */
export interface Desk {
  readonly browser: LaunchedChromium;
  readonly page: Page;
  /** Cases that this desk knows of. */
  cases(): Promise<CasesAnswer['rows']>;
  detail(caseNumber: string): Promise<CaseDetail>;
  /** A material or paper of a case, as the desk gets it. */
  file(caseNumber: string, address: string): Promise<Buffer>;
}

/** Signs in at a desk, in a browser of its own. */
export async function openDesk(origin: string, account: string): Promise<Desk> {
  const browser = await launchChromium({
    context: {
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  });
  browser.context.setDefaultTimeout(30_000);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  await page.goto(`${origin}/departments/`);
  await page.getByLabel(say('staff:signIn.account')).fill(account);
  await page.getByLabel(say('staff:signIn.password')).fill('demo');
  await page.keyboard.press('Enter');
  await page.locator('[data-screen=desk]').waitFor();

  const { request } = browser.context;
  async function ask<T>(path: string, read: (answer: { body(): Promise<Buffer> }) => Promise<T>) {
    const answer = await request.get(`${origin}/api/v1${path}`);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return read(answer);
  }
  const json = async <T>(path: string): Promise<T> =>
    ask(path, async (answer) => JSON.parse((await answer.body()).toString('utf8')) as T);

  return {
    browser,
    page,
    cases: async () => (await json<CasesAnswer>('/cases')).rows,
    detail: (caseNumber) => json<CaseDetail>(`/cases/${caseNumber}`),
    file: (caseNumber, address) =>
      ask(`/cases/${caseNumber}/files/${address}`, (answer) => answer.body()),
  };
}

/** Opens the applicant's case from the inbox and decides on it with the bar, then on the panel that confirms it. */
export async function decide(
  { page }: Desk,
  applicant: string,
  action: 'accept' | 'grant',
): Promise<void> {
  const inbox = page.getByRole('navigation', { name: say('staff:desk.inbox') });
  await inbox.getByRole('button', { name: new RegExp(`^${applicant}`) }).click();
  await page.getByRole('button', { name: say(`staff:act.${action}`), exact: true }).click();
  const panel = page.getByRole('region', { name: say(`staff:act.${action}`) });
  await panel.getByRole('button', { name: say(`staff:send.${action}`), exact: true }).click();
  await panel.waitFor({ state: 'detached' });
}
