import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Refusal } from '../problem/refusal.ts';
import type { Server } from './server.ts';

export interface Pages {
  readonly kiosk?: string | undefined;
  readonly phone?: string | undefined;
  readonly departments?: string | undefined;
}

/** What a page may load: its own origin only. Wasm is for the scanner; blobs are photographs and papers on screen. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "frame-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * The built pages under their paths. Unknown paths below a page answer its `index.html`, so that deep links work;
 * a missing asset stays a 404, or a stale page would load HTML as its script.
 */
export async function servePages(app: Server, pages: Pages): Promise<void> {
  app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect('/phone/', 302));
  const places: [string, string | undefined][] = [
    ['/phone/', pages.phone],
    ['/kiosk/', pages.kiosk],
    ['/counter/', pages.kiosk],
    ['/departments/', pages.departments],
  ];
  for (const [prefix, folder] of places) {
    if (folder !== undefined) await servePage(app, prefix, folder);
  }
}

async function servePage(app: Server, prefix: string, folder: string): Promise<void> {
  const path = prefix.slice(0, -1);
  app.get(path, { schema: { hide: true } }, (_, reply) => reply.redirect(prefix, 302));
  const scoped = async (scope: typeof app) => {
    await scope.register(fastifyStatic, {
      root: folder,
      prefix: '/',
      decorateReply: false,
      wildcard: true,
      index: ['index.html'],
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply, path) => {
        for (const [name, value] of Object.entries(pageHeaders)) reply.header(name, value);
        reply.header('cache-control', cacheFor(path));
        if (/[\\/]sw\.js$/.test(path)) reply.header('service-worker-allowed', prefix);
      },
    });
    scope.setNotFoundHandler(async (request, reply) => {
      const asked = request.url.split('?')[0] ?? '';
      const asksForPage =
        (request.headers.accept ?? '').includes('text/html') && !/\.[a-z0-9]+$/i.test(asked);
      if ((request.method !== 'GET' && request.method !== 'HEAD') || !asksForPage)
        throw new Refusal('not-found');
      return reply
        .headers({ ...pageHeaders, 'cache-control': 'no-cache' })
        .type('text/html; charset=utf-8')
        .send(await readFile(join(folder, 'index.html')));
    });
  };
  await app.register(scoped as never, { prefix: path });
}

/** Names with a content hash never change; everything else, the service worker above all, is asked for each time. */
function cacheFor(path: string): string {
  return /[-.][A-Za-z0-9_-]{8,}\.(?:m?js|css|woff2?|ttf|wasm|png|svg|jpg|webp|json)$/.test(path) &&
    /[\\/]assets[\\/]/.test(path)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}
