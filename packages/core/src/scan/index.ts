export * from './card/index.ts';
export * from './classify.ts';
export * from './formats.ts';
export { type Frame, luminance, type Point } from './frame.ts';
export { type Finding, type ScanOptions, scan } from './scan.ts';
export { openSecondReader, type SecondReader } from './secondReader.ts';
export { turned } from './view.ts';
