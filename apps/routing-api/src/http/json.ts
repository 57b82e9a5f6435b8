import { Refusal } from '../problem/refusal.ts';
import type { Server } from './server.ts';

/** The only way for either into a string: bytes that are no UTF-8 become U+FFFD, and a bare NUL is no JSON. */
const suspicious = /\\u(?:0000|d[89a-f])/i;

/**
 * Takes JSON as RFC 7493 (I-JSON) wants it, without lone surrogates, and without NUL: no database keeps either as text,
 * so that a value with one would fail where it is stored instead of where it came in.
 */
export function takeJson(app: Server): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    // Fastify types its parser as if it gave a promise; it calls back.
    void parse(request, text, (error, value) => {
      if (error === null && suspicious.test(text) && !usable(value))
        done(new Refusal('malformed-request'));
      else done(error, value);
    });
  });
}

function usable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, part]) => usable(name) && usable(part));
}
