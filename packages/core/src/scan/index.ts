export * from './classify.ts';
export * from './codeEvidence.ts';
export type { DriverLicence, LicenceField } from './driverLicence.ts';
export * from './formats.ts';
export { type Frame, luminance, type Point } from './frame.ts';
export { type Finding, type ScanOptions, scan } from './scan.ts';
export { openSecondReader, type SecondReader } from './secondReader.ts';
export { turned } from './view.ts';
export * from './zone/index.ts';
