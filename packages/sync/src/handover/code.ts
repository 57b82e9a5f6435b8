import { base64url, fromBase64url, type Random } from '@tongban/core';

const form = /^TBH1:([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

/** What a hand-over's QR says: 128 bits that find the parcel at the centre, 256 bits that open it. */
export interface HandoverCode {
  readonly locator: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

export function makeCode(random: Random): HandoverCode {
  return { locator: base64url(random.bytes(16)), key: random.bytes(32) };
}

export function writeCode({ locator, key }: HandoverCode): string {
  return `TBH1:${locator}.${base64url(key)}`;
}

/** `undefined` when it is no hand-over's code. */
export function readCode(text: string): HandoverCode | undefined {
  const found = form.exec(text.trim());
  if (found === null) return undefined;
  const [, locator, key] = found;
  return locator === undefined || key === undefined
    ? undefined
    : { locator, key: fromBase64url(key) };
}
