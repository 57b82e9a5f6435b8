export { type CardReader, type CardReaderPorts, openCardReader } from './cardReader.ts';
export type { ChipText } from './chipText.ts';
export type { Command } from './commands.ts';
export { nullModem } from './nullModem.ts';
export { simulatedDevice } from './samId.ts';
export { type ChipCard, type SamHands, type SimulatedSam, simulatedSam } from './simulatedSam.ts';
