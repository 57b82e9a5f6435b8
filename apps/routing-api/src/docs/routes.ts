import type { Server } from '../http/server.ts';
import type { OpenApi } from './openapi.ts';
import { docsPage, docsStyle } from './page.ts';

const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The API's description, for programs and for people. */
export function docsRoutes(app: Server, document: () => OpenApi): void {
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(JSON.stringify(document())),
  );
  app.get('/api/docs', { schema: { hide: true } }, async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({
        'content-security-policy': policy,
        'cache-control': 'no-cache',
        vary: 'accept-language',
      })
      .send(docsPage(document(), request.headers['accept-language'])),
  );
  app.get('/api/docs.css', { schema: { hide: true } }, async (_, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(docsStyle),
  );
}
