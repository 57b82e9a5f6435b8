declare const brand: unique symbol;
/** A string that may only be made by the function that checks it. */
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** One application act, possibly several cases (a bundle). UUID version 4; the centre deduplicates by it. */
export type SubmissionId = Branded<'SubmissionId'>;
/** 办件编号, made offline: region 6 + channel 1 + date 8 + 12 random Crockford Base32 characters + check character. */
export type CaseNumber = Branded<'CaseNumber'>;
/** Base64url SHA-256 of the ciphertext of a file, its address everywhere. */
export type FileAddress = Branded<'FileAddress'>;
/** RFC 7638 thumbprint (base64url SHA-256) of a terminal's public key. */
export type TerminalId = Branded<'TerminalId'>;
/** Local name of a draft; never leaves the device. UUID version 4. */
export type DraftId = Branded<'DraftId'>;
