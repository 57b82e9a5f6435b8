import fontUrl from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import type { Frame } from '@tongban/core/scan';
import { drawnFront, inkFont, photographedCard, printedCard } from '@tongban/core/testing/cards';
import { drawnZone, madeZone, seeded } from '@tongban/core/testing/zones';
import qrcode from 'qrcode-generator';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import words from '../../locales/zh-CN/scan.json' with { type: 'json' };
import { startLanguages } from '../language/start.ts';
import { type ReadDocument, type ScannedCode, Scanner, scanPicture } from './index.ts';

let root: Root;
let streams: MediaStream[];

beforeEach(async () => {
  document.documentElement.dataset.place = 'phone';
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
  streams = [];
  await startLanguages({ language: 'zh-CN', namespaces: ['scan'] });
});

afterEach(() => {
  root.unmount();
  vi.restoreAllMocks();
});

/** A camera that films `text` as a code on a sheet, or an empty sheet, or the dark. */
function filming(text: string | undefined, ground = '#e8e4d8'): void {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d')!;
  const draw = () => {
    context.fillStyle = ground;
    context.fillRect(0, 0, 640, 480);
    if (text === undefined) return;
    context.save();
    context.translate(320, 240);
    context.rotate(0.08);
    paint(context, text, 5);
    context.restore();
  };
  const timer = setInterval(draw, 60);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async () => {
    draw();
    const stream = canvas.captureStream(15);
    stream.getTracks()[0]?.addEventListener('ended', () => clearInterval(timer));
    streams.push(stream);
    return stream;
  });
}

/** A camera that films this picture, until it is given another one. */
function showing(first: ImageData): (next: ImageData) => void {
  const canvas = document.createElement('canvas');
  canvas.width = first.width;
  canvas.height = first.height;
  const context = canvas.getContext('2d')!;
  let shown = first;
  const timer = setInterval(() => context.putImageData(shown, 0, 0), 60);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async () => {
    context.putImageData(shown, 0, 0);
    const stream = canvas.captureStream(15);
    stream.getTracks()[0]?.addEventListener('ended', () => clearInterval(timer));
    streams.push(stream);
    return stream;
  });
  return (next) => {
    shown = next;
  };
}

/** In the middle of a grey picture of this size. */
function picture({ data, width, height }: Frame, across: number, down: number): ImageData {
  const made = new ImageData(across, down);
  made.data.fill(150);
  const [left, top] = [(across - width) >> 1, (down - height) >> 1];
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const to = 4 * (y * across + x);
      const [u, v] = [x - left, y - top];
      if (u >= 0 && v >= 0 && u < width && v < height)
        made.data.fill(data[v * width + u] ?? 0, to, to + 3);
      made.data[to + 3] = 255;
    }
  return made;
}

function paint(context: CanvasRenderingContext2D, text: string, module: number): void {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  context.fillStyle = '#1a1a1a';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (code.isDark(y, x))
        context.fillRect((x - size / 2) * module, (y - size / 2) * module, module, module);
    }
  }
}

const state = () => document.querySelector('.scan-state')?.textContent;

test('a code held to the camera is taken, and the camera is stopped with the screen', async () => {
  filming('TBH1:bG9j.a2V5');
  const codes: ScannedCode[] = [];
  root.render(
    <Scanner
      look="full"
      onCode={async (code) => void codes.push(code)}
      onClose={() => undefined}
    />,
  );
  await vi.waitFor(() => expect(codes).toHaveLength(1), { timeout: 10_000 });
  expect(codes[0]?.meaning).toEqual({ kind: 'handover', code: 'TBH1:bG9j.a2V5' });
  root.unmount();
  expect(streams.map((stream) => stream.active)).toEqual([false]);
});

test('a code that does not help here is refused once, in words, and the camera goes on', async () => {
  filming('https://example.org/');
  const onCode = vi.fn(async () => '这是一个网址，这里不打开');
  root.render(<Scanner look="full" onCode={onCode} />);
  await vi.waitFor(() => expect(state()).toBe('这是一个网址，这里不打开'), { timeout: 10_000 });
  expect(onCode).toHaveBeenCalledTimes(1);
  expect(streams[0]?.active).toBe(true);
});

test('in the dark the screen says so', async () => {
  filming(undefined, '#0a0a0a');
  root.render(<Scanner look="full" onCode={async () => undefined} />);
  await vi.waitFor(() => expect(state()).toBe('太暗了，换个亮一点的地方'), { timeout: 10_000 });
});

test('a passport held to the camera is taken', async () => {
  const zone = drawnZone(madeZone('td3', seeded(71)), { width: 880 }, 71);
  showing(picture(zone, 1280, 720));
  const documents: ReadDocument[] = [];
  root.render(
    <Scanner
      look="full"
      onCode={async () => undefined}
      onDocument={async (document) => void documents.push(document)}
    />,
  );
  await vi.waitFor(() => expect(documents).toHaveLength(1), { timeout: 20_000 });
  expect(documents[0]).toMatchObject({ source: 'zone', kind: 'td3', assurance: 'read' });
});

test('a card that is too far away is asked closer, and read once it is', async () => {
  const font = inkFont(new Uint8Array(await (await fetch(fontUrl)).arrayBuffer()));
  const card = drawnFront(printedCard(4), font, 4);
  const at = (share: number) =>
    picture(photographedCard(card, { width: 1280, height: 720, share, noise: 12 }, 4), 1280, 720);
  const film = showing(at(0.3));
  const documents: ReadDocument[] = [];
  root.render(
    <Scanner
      look="full"
      onCode={async () => undefined}
      onDocument={async (document) => void documents.push(document)}
    />,
  );
  await vi.waitFor(() => expect(state()).toBe(words.sight['too-far']), { timeout: 20_000 });
  film(at(0.6));
  await vi.waitFor(() => expect(documents).toHaveLength(1), { timeout: 25_000 });
  expect(documents[0]).toMatchObject({ source: 'card-front', assurance: 'read' });
  expect(documents[0]?.fields).toContainEqual(
    expect.objectContaining({ name: 'residentId', value: printedCard(4).number, check: 'passed' }),
  );
}, 60_000);

test('without a camera there is another way', async () => {
  const onType = vi.fn();
  root.render(<Scanner look="full" onCode={async () => undefined} onType={onType} />);
  await vi.waitFor(() => expect(state()).toContain('没有找到摄像头'), { timeout: 10_000 });
  const type = [...document.querySelectorAll('button')].find(
    (each) => each.textContent === '输办件号',
  );
  type?.click();
  expect(onType).toHaveBeenCalledOnce();
});

test('a denied camera can be tried again', async () => {
  const ask = vi
    .spyOn(navigator.mediaDevices, 'getUserMedia')
    .mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  root.render(<Scanner look="inset" onCode={async () => undefined} />);
  await vi.waitFor(() => expect(state()).toContain('摄像头没有被允许'), { timeout: 10_000 });
  document.querySelector<HTMLButtonElement>('.scan-retry')?.click();
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
});

test('a photograph from the album is read', async () => {
  const canvas = new OffscreenCanvas(800, 600);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 800, 600);
  context.translate(400, 300);
  paint(context as unknown as CanvasRenderingContext2D, 'TBH1:bG9j.a2V5', 6);
  const read = await scanPicture(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 }));
  expect(read).toMatchObject({ ok: true, value: [{ meaning: { kind: 'handover' } }] });
});

test('what is not a picture is told so', async () => {
  expect(await scanPicture(new Blob(['%PDF-1.7']))).toEqual({ ok: false, error: 'not-a-picture' });
});

test('the page keeps its frames while the camera is read', async () => {
  filming(undefined);
  root.render(<Scanner look="full" onCode={async () => undefined} />);
  await vi.waitFor(() => expect(state()).toBe('对准了会自动识别'), { timeout: 10_000 });
  const gaps: number[] = [];
  let last = performance.now();
  for (let i = 0; i < 60; i++) {
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    gaps.push(now - last);
    last = now;
  }
  const sorted = gaps.sort((a, b) => a - b);
  expect(sorted[30]).toBeLessThan(20);
});
