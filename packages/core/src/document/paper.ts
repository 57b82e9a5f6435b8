/** A line of a ruled table. In a table of two columns a `wide` row takes the whole width. */
export interface PaperRow {
  readonly label: string;
  readonly value: string;
  readonly wide?: boolean;
}

/** One part of a paper, in reading order. Line feeds in `text` and `value` start a new line. */
export type PaperBlock =
  | {
      readonly kind: 'table';
      readonly heading?: string;
      readonly columns: 1 | 2;
      readonly rows: readonly PaperRow[];
    }
  | {
      readonly kind: 'list';
      readonly heading: string;
      readonly items: readonly { readonly name: string; readonly state: string }[];
    }
  | { readonly kind: 'text'; readonly heading?: string; readonly text: string }
  | {
      readonly kind: 'image';
      readonly heading: string;
      /** Baseline or progressive JPEG, upright: rotation in Exif is not followed. */
      readonly jpeg: Uint8Array;
    };

/** A place to sign. Every place of a paper exists before the first person signs. */
export interface PaperSignature {
  /** Name of the signature field, unique in the paper, e.g. `applicant`. */
  readonly name: string;
  /** What stands before the line, e.g. 申请人签名. */
  readonly label: string;
}

/** What a paper says. The same spec and font give the same bytes. */
export interface PaperSpec {
  /** Kind of paper, e.g. `application-form`. */
  readonly id: string;
  readonly title: string;
  /** Papers are always zh-CN, whatever the person reads on screen. */
  readonly language: 'zh-CN';
  readonly caseNumber: string;
  /** Calendar date of the paper (ISO 8601, `2026-11-23`). */
  readonly date: string;
  readonly blocks: readonly PaperBlock[];
  /** Content of the QR code beside the title (ISO/IEC 18004). */
  readonly qr?: string;
  readonly signatures: readonly PaperSignature[];
}
