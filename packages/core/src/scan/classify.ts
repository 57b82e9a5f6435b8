import { checkUscc } from '../form/uscc.ts';
import { credentialType } from '../identity/credential.ts';
import { typeOfJws } from '../identity/jws.ts';
import { splitSdJwtVc } from '../identity/sdJwt.ts';
import { parseReceipt, type Receipt } from '../journey/receipt.ts';
import { type DriverLicence, parseDriverLicence } from './driverLicence.ts';

/** What a code is for. Nothing here is trusted yet: signatures are checked where the content is used. */
export type Meaning =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  /** A draft on its way from another device: `TBH1:` locator.key. */
  | { readonly kind: 'handover'; readonly code: string }
  /** Compact JWS (RFC 7515) of type `tongban-credential+jwt`: a person or an e-certificate. */
  | { readonly kind: 'credential'; readonly jws: string }
  /** Verifiable credential of an issuer elsewhere (SD-JWT VC), with what its holder chose to show. */
  | { readonly kind: 'sd-jwt-vc'; readonly code: string }
  /** PDF417 of a North American licence or ID card (AAMVA). Unsigned: it only says what is printed beside it. */
  | { readonly kind: 'driver-licence'; readonly licence: DriverLicence }
  /** Unified social credit code (GB 32100) with a right check character. */
  | { readonly kind: 'uscc'; readonly code: string }
  /** Shown, never opened: a code in a public hall may have been pasted over. */
  | { readonly kind: 'web-address'; readonly url: string; readonly host: string }
  | { readonly kind: 'opaque'; readonly text: string };

/** Says what a code's text is for. */
export function classify(text: string): Meaning {
  const plain = text.trim();
  const receipt = parseReceipt(plain);
  if (receipt !== undefined) return { kind: 'receipt', receipt };
  if (/^TBH1:[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(plain)) return { kind: 'handover', code: plain };
  if (typeOfJws(plain) === credentialType) return { kind: 'credential', jws: plain };
  if (splitSdJwtVc(plain) !== undefined) return { kind: 'sd-jwt-vc', code: plain };
  const licence = parseDriverLicence(plain);
  if (licence !== undefined) return { kind: 'driver-licence', licence };
  const code = plain.toUpperCase();
  if (checkUscc(code) === undefined) return { kind: 'uscc', code };
  const host = webHost(plain);
  if (host !== undefined) return { kind: 'web-address', url: plain, host };
  return { kind: 'opaque', text };
}

function webHost(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  try {
    // Not `canParse` first: it holds very long hosts for possible that the constructor then refuses.
    return new URL(text).host;
  } catch {
    return undefined;
  }
}
