import { fromBinary, toBinary } from './bytes.ts';

/** Textual encoding of DER (RFC 7468), e.g. with the label `CERTIFICATE`. */
export function toPem(label: string, der: Uint8Array): string {
  const lines = btoa(toBinary(der)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Every DER block with this label in a text, in order. A block that is no Base64 is left out. */
export function fromPem(label: string, text: string): Uint8Array[] {
  const blocks = text.matchAll(
    new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]*)-----END ${label}-----`, 'g'),
  );
  return Array.from(blocks, ([, body = '']) => body.replaceAll(/\s/g, ''))
    .filter(
      (body) => body.length > 0 && body.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(body),
    )
    .map((body) => fromBinary(atob(body)));
}
