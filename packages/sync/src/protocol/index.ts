export * from './messages.ts';
export * from './proof.ts';
