/**
 * What a page needs once somebody has begun, and not before: `await import('@tongban/core/journey')` keeps
 * sealing, signing and the schema library out of the first screen's script.
 */
export * from '../identity/credential.ts';
export * from '../seal/seal.ts';
export * from './beginVisit.ts';
export * from './followUp.ts';
export * from './receipt.ts';
