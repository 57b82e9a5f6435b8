import { demonstrationIssuer } from '@tongban/catalogue/demonstration';
import { issueCredential } from '@tongban/core';
import qrcode from 'qrcode-generator';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import fault from '../../locales/zh-CN/fault.json' with { type: 'json' };
import journey from '../../locales/zh-CN/journey.json' with { type: 'json' };
import scan from '../../locales/zh-CN/scan.json' with { type: 'json' };
import { IdentityScreen } from './IdentityScreen.tsx';
import { evidence, journeyOnStage } from './testing/onStage.tsx';

/** A picture of a code, as it lies among a phone's photographs. */
async function pictureOf(text: string): Promise<File> {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const side = (size + 8) * 6;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.fillStyle = '#000';
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (code.isDark(y, x)) context.fillRect((x + 4) * 6, (y + 4) * 6, 6, 6);
  const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!)));
  return new File([blob], 'code.png', { type: 'image/png' });
}

const patience = { timeout: 15_000 };

test('a code whose evidence cannot be kept is said under the camera, and may be shown again', async () => {
  const { attributes } = evidence;
  const jws = await issueCredential(
    demonstrationIssuer,
    { kind: 'identity', attributes },
    new Date(Date.now() - 60_000),
    30,
  );
  const picture = await pictureOf(jws);
  const onIdentified = vi.fn();
  const stage = await journeyOnStage();
  stage.show(<IdentityScreen onBack={() => undefined} onIdentified={onIdentified} />);
  await page.getByRole('button', { name: new RegExp(`^${journey.identity.code}`) }).click();
  const album = page.getByLabelText(scan.album.open);

  stage.disk.failure = 'quota-exceeded';
  await album.upload(picture);
  const said = () => document.querySelector('.scan-state')?.textContent;
  await expect.poll(said, patience).toBe(fault.own.store['quota-exceeded']);
  expect(onIdentified).not.toHaveBeenCalled();

  stage.disk.failure = undefined;
  await album.upload(picture);
  await vi.waitFor(() => expect(onIdentified).toHaveBeenCalled(), patience);
});
