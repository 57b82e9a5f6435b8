import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** The only origin a page of ours ever has. */
export const origin = 'app://tongban';

/** No eval, nothing from elsewhere; wasm for the decoders. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  // The model that reads cards' print, and its characters.
  '.onnx': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/**
 * Answers one request for a page's file. A path that leaves the folder, or a kind that we do not ship, is 404;
 * a path without an ending is a place inside the page and gets `index.html`.
 */
export async function servePage(folder: string, pathname: string): Promise<Response> {
  const inside = placeIn(folder, pathname);
  if (inside === undefined) return new Response(null, { status: 404 });
  const type = types[extname(inside)];
  if (type === undefined) return new Response(null, { status: 404 });
  try {
    return new Response(await readFile(inside), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      },
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      return new Response(null, { status: 404 });
    throw cause;
  }
}

/** The file a path names, or `undefined` where it would leave the folder. */
export function placeIn(folder: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const relative = decoded.replace(/^\/(kiosk|counter)(?=\/|$)/, '');
  const path = normalize(join(folder, extname(relative) === '' ? 'index.html' : relative));
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? path : undefined;
}
