import { err } from '@tongban/core';
import type { Device } from '@tongban/sync';
import type { StaffByCode } from '@tongban/ui/staff';

/** Signing in by a code at this counter, as the page asks for it. */
export function staffByCode({ codeSignIn }: Device): StaffByCode {
  return {
    async begin() {
      const began = await codeSignIn.beginCodeSignIn();
      if (began.ok) return began;
      if (began.error.kind !== 'problem') return err('no-line');
      return err(began.error.code === 'provider-away' ? 'provider-unreachable' : 'not-here');
    },
    async ask(handle) {
      const answer = await codeSignIn.askCodeSignIn(handle);
      return answer.ok ? answer : err('no-line');
    },
  };
}
