export * as chips from '../reader/testing/chips.ts';
export * from './centre.ts';
export * from './files.ts';
export * from './handTime.ts';
export * from './memoryStores.ts';
export * from './ports.ts';
export * from './sampleApplication.ts';
