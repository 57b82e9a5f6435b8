export { Shot } from './HeldFiles.tsx';
export { Journey } from './Journey.tsx';
export type { Hold, JourneyPlace } from './journey.ts';
export { useCard } from './useCard.ts';
export { useTask } from './useTask.ts';
