export { Journey } from './Journey.tsx';
export type { Hold, JourneyPlace } from './journey.ts';
