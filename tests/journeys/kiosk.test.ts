import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Receipt } from '@tongban/core';
import { fromPem } from '@tongban/core/sign';
import {
  coveredRanges,
  openValidators,
  pageContentAt,
  pageContentHead,
} from '@tongban/core/testing/papers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import {
  codeFilm,
  credentialOf,
  type Line,
  people,
  screenshot,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { askDatabase } from './hands/database.ts';
import { type Desk, decide, openDesk } from './hands/desk.ts';
import {
  atScreen,
  endVisit,
  firstContact,
  type KioskInBrowser,
  openKiosk,
  touch,
} from './hands/kiosk.ts';
import {
  agree,
  answer,
  choosePermit,
  handIn,
  pagesBrought,
  permit,
  review,
  showCode,
  submit,
} from './hands/permit.ts';
import { receiptOn } from './hands/receipt.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let line: Line;
let profile: string;
const folders: string[] = [];
let kiosk: KioskInBrowser;
let desk: Desk;
/** The paper as the desk got it, and when it was signed. */
let paper: { readonly pdf: Buffer; readonly signedAt: Date };

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  profile = await mkdtemp(join(tmpdir(), 'tongban-kiosk-'));
  folders.push(profile);
});

afterAll(async () => {
  await desk?.browser.close();
  await kiosk?.browser.close();
  await line?.stop();
  await tongban?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('(a) a permit is applied for without a line, decided once it is back, and followed by its receipt', async () => {
  const film = await filmOf(await credentialOf(people.xiaohe));
  const brought = await pagesBrought();
  kiosk = await openKiosk(line.origin, { film, profile });
  const { page } = kiosk;
  await firstContact(page);
  line.cut();

  await choosePermit(page);
  await showCode(page);
  await agree(page);
  await answer(page, permit.mistyped);

  // The lease's own code knows better where the flat is; one touch puts the form right.
  await handIn(page, '住所证明', brought.lease);
  await touch(page, new RegExp(`^${say('journey:materials.look', { name: '住所证明' })}`));
  await page
    .getByRole('heading', {
      name: say('journey:difference.heading', { label: '现住址', count: 1 }),
    })
    .waitFor();
  await touch(page, say('journey:difference.take', { value: permit.address }));
  await handIn(page, '房屋租赁登记备案凭证', brought.record);
  await touch(page, say('journey:material.done'));
  await review(page);
  expect(await page.getByText(permit.mistyped).count()).toBe(0);
  await submit(page);
  const signedAt = new Date();

  const receipt = await receiptOn(page);
  await page.getByRole('heading', { name: say('journey:receipt.heading.saved') }).waitFor();
  await screenshot(page, 'kiosk-receipt-saved');

  line.restore();
  desk = await openDesk(tongban.origin, 'desk-police');
  await page.getByRole('heading', { name: say('journey:receipt.heading.received') }).waitFor();

  const [row] = await expectCases(desk, receipt.number, 1);
  const detail = await desk.detail(row.caseNumber);
  expect(
    Object.fromEntries(detail.answers.map(({ field, value }) => [field, value])),
  ).toMatchObject({ 'residence.address': permit.address, 'residence.since': '2026-03-01' });
  await decide(desk, '丁小禾', 'accept');
  await page.getByRole('heading', { name: say('journey:receipt.heading.accepted') }).waitFor();
  await decide(desk, '丁小禾', 'grant');

  const [form] = detail.papers;
  expect(form).toMatchObject({ paper: 'application-form', holds: true, reasons: [] });
  paper = { pdf: await desk.file(row.caseNumber, form?.address ?? ''), signedAt };

  await touch(page, say('journey:receipt.rate'));
  await page.getByRole('radio', { name: say('kiosk:rating.level.good'), exact: true }).check();
  await touch(page, say('kiosk:rating.send'));
  await page.getByRole('heading', { name: say('kiosk:rating.thanks') }).waitFor();
  await expect.poll(() => ratingsOf(receipt), { timeout: 30_000 }).toEqual(['good']);
  await page
    .getByRole('main')
    .getByRole('button', { name: say('common:nav.end') })
    .click();
  await atScreen(page, 'home');
  expect(await page.getByText('丁小禾').count()).toBe(0);
  await kiosk.browser.close();

  // Another day, the slip of paper in the hand.
  kiosk = await openKiosk(line.origin, { film: await filmOf(receipt.code), profile });
  await touch(kiosk.page, new RegExp(`^${say('kiosk:door.ask.name')}`));
  const progress = kiosk.page.getByRole('main');
  await progress.getByText(say('status:event.granted')).waitFor();
  expect(await progress.textContent()).toContain('南湖分局');
  await screenshot(kiosk.page, 'kiosk-progress');
  await endVisit(kiosk.page);
});

test('the signed paper is accepted by validators that know nothing of us, and refused with one byte changed', async () => {
  const trust = join(tongban.dataFolder, 'trust.pem');
  const [authority] = fromPem('CERTIFICATE', await readFile(trust, 'utf8'));
  const validators = openValidators(authority as Uint8Array);
  const verify = async (pdf: Uint8Array): Promise<number | null> => {
    const file = join(validators.folder, 'paper.pdf');
    await writeFile(file, pdf);
    const words = ['run', '--silent', 'tongban', '--', 'verify', file, '--trust', trust];
    return spawnSync('npm', words, { cwd: root }).status;
  };
  const accepted = { valid: true, trusted: true, total: true };
  const changedAt = (at: number): Uint8Array => {
    const changed = Uint8Array.from(paper.pdf);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  };
  const verdicts = async (pdf: Uint8Array) => ({
    pdfsig: validators.pdfsig(pdf),
    openssl: coveredRanges(pdf).map((range) =>
      validators.opensslAccepts(pdf, range, paper.signedAt),
    ),
    qpdf: validators.qpdfAccepts(pdf),
    tongban: await verify(pdf),
  });
  const refused = (said: Awaited<ReturnType<typeof verdicts>>) => ({
    pdfsig: !said.pdfsig.some((one) => one.valid && one.trusted && one.total),
    openssl: !said.openssl.includes(true),
    qpdf: !said.qpdf,
    tongban: said.tongban === 1,
  });
  try {
    expect(await verdicts(paper.pdf)).toEqual({
      pdfsig: [accepted],
      openssl: [true],
      qpdf: true,
      tongban: 0,
    });
    // In the page's content, and in the last number of the file: all four refuse it.
    for (const at of [pageContentHead(paper.pdf), paper.pdf.length - 12]) {
      expect(refused(await verdicts(changedAt(at))), `at ${at}`).toEqual({
        pdfsig: true,
        openssl: true,
        qpdf: true,
        tongban: true,
      });
    }
    // Deep in the content a byte may make another page that is as well formed, and qpdf judges no signature.
    const deep = refused(await verdicts(changedAt(pageContentAt(paper.pdf))));
    expect(deep).toMatchObject({ pdfsig: true, openssl: true, tongban: true });
  } finally {
    validators.close();
  }
});

async function filmOf(code: string): Promise<string> {
  const film = await codeFilm(code);
  folders.push(dirname(film));
  return film;
}

/** Waits until the desk has that many cases of a receipt. */
async function expectCases(at: Desk, receiptNumber: string, count: number) {
  const ofReceipt = async () =>
    (await at.cases()).filter((row) => row.receiptNumber === receiptNumber);
  await expect.poll(async () => (await ofReceipt()).length, { timeout: 30_000 }).toBe(count);
  return (await ofReceipt()) as [Awaited<ReturnType<typeof ofReceipt>>[number]];
}

/** Levels that the centre has counted for a receipt. */
async function ratingsOf(receipt: Receipt): Promise<readonly string[]> {
  const rows = await askDatabase<{ level: string }>(
    tongban.dataFolder,
    'select level from ratings where receipt_number = $1',
    [receipt.number],
  );
  return rows.map(({ level }) => level);
}
