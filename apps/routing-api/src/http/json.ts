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

/** Not by calling itself: a body may be nested deeper than the stack is. */
function usable(value: unknown): boolean {
  const waiting = [value];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one === 'string') {
      if (!one.isWellFormed() || one.includes('\0')) return false;
    } else if (typeof one === 'object' && one !== null) {
      for (const [name, part] of Object.entries(one)) waiting.push(name, part);
    }
  }
  return true;
}
