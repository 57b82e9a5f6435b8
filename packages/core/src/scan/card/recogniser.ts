import type { Frame } from '../frame.ts';

/** What a recogniser made of one line. */
export interface RecognisedText {
  readonly text: string;
  /** 0 to 1: how sure it is of its least sure character; 0 where it saw none. */
  readonly confidence: number;
}

/** Reads lines of print, dark on light, each in a picture of its own. */
export interface TextRecogniser {
  /** In the order of `lines`. Nothing of them is kept: whoever hands them in wipes them afterwards. */
  read(lines: readonly Frame[]): Promise<readonly RecognisedText[]>;
}
