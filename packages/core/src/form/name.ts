import { err, ok, type Result } from '../result.ts';
import type { FieldFault } from './fault.ts';
import { normalAnswer } from './normal.ts';

/**
 * Letters of any script and plane, 〇, private-use characters that older systems gave to rare names, parts
 * joined by ·, hyphen, apostrophe or space.
 */
const shape = /^[\p{L}\p{M}\p{Co}〇]+([·'’ -][\p{L}\p{M}\p{Co}〇]+)*$/u;

/** Whether `text` can be a person's name; gives back its normal form. At most 50 characters (code points). */
export function checkName(text: string): Result<string, FieldFault> {
  const name = normalAnswer({ kind: 'name' }, text);
  if (name === '') return err('required');
  if (Array.from(name).length > 50) return err('too-long');
  return shape.test(name) ? ok(name) : err('not-a-name');
}
