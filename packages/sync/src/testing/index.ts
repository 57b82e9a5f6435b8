/** What tests of other packages need to play with a device. */
export { laterFormats, nextFormats } from './laterFormats.ts';
