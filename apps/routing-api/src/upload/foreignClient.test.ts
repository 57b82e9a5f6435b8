import { createHash, randomBytes } from 'node:crypto';
import { shippedCatalogue } from '@tongban/catalogue';
import * as tus from 'tus-js-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
let kiosk: Device;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
});
afterAll(() => centre.end());

test('[U1] [U2] a client that others wrote begins, is cut, goes on where the centre stands, and ends one by hand', async () => {
  const bytes = randomBytes(1_500_000);
  const address = createHash('sha256').update(bytes).digest('base64url');
  const seen: string[] = [];
  const common: tus.UploadOptions = {
    endpoint: `${centre.origin}/api/v1/uploads`,
    metadata: { address },
    chunkSize: 400_000,
    retryDelays: null,
    async onBeforeRequest(request) {
      const { pathname } = new URL(request.getURL());
      seen.push(request.getMethod());
      request.setHeader('dpop', await kiosk.proof(request.getMethod(), pathname));
    },
  };

  const url = await new Promise<string>((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      ...common,
      onError: reject,
      onChunkComplete: () => {
        const { url: at } = upload;
        upload.abort().then(() => resolve(at ?? ''), reject);
      },
    });
    upload.start();
  });
  expect(url).toBe(`${centre.origin}/api/v1/uploads/${address}`);
  expect(seen.slice(0, 2)).toEqual(['POST', 'PATCH']);

  seen.length = 0;
  await new Promise<void>((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      ...common,
      uploadUrl: url,
      onError: reject,
      onSuccess: () => resolve(),
    });
    upload.start();
  });
  expect(seen[0]).toBe('HEAD');
  const { rows } = await centre.centre.database.query<{ bytes: Buffer }>(
    'select bytes from files where address = $1',
    [address],
  );
  expect(rows[0]?.bytes.equals(bytes)).toBe(true);

  const other = randomBytes(1_000);
  const otherAddress = createHash('sha256').update(other).digest('base64url');
  await new Promise<void>((resolve, reject) => {
    const upload = new tus.Upload(other, {
      ...common,
      metadata: { address: otherAddress },
      chunkSize: 400,
      onError: reject,
      onChunkComplete: () => {
        upload.abort(true).then(resolve, reject);
      },
    });
    upload.start();
  });
  expect(seen.at(-1)).toBe('DELETE');
  const left = await centre.centre.database.query('select 1 from uploads');
  expect(left.rows).toEqual([]);
});
