export type { CardEvidence, CardField } from './evidence.ts';
export { findCard } from './find.ts';
export { readCard } from './read.ts';
export type { RecognisedText, TextRecogniser } from './recogniser.ts';
