import type { ScannedCode } from './messages.ts';

/** The text for `verifyCredential` or `openCredential`, where the code is a credential of either form. */
export function credentialOf({ meaning }: ScannedCode): string | undefined {
  if (meaning.kind === 'credential') return meaning.jws;
  return meaning.kind === 'sd-jwt-vc' ? meaning.code : undefined;
}
