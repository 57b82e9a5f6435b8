export { alphabet, nothing } from '../zone/alphabet.ts';
export * from '../zone/network.ts';
export { takeWindow } from '../zone/window.ts';
export { drawnZone, type Photograph } from './drawnZones.ts';
export { glyphOf } from './ocrb.ts';
export { seeded } from './seeded.ts';
export { type MadeZone, madeZone } from './zoneLines.ts';
