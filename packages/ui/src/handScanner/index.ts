export { HandScanning } from './HandScanning.tsx';
export { keyboardScanner } from './keyboardScanner.ts';
export { useHandScan } from './useHandScan.ts';
export { wedgeKeys } from './wedgeKeys.ts';
