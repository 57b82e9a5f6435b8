import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './scripts/test/closing-line.ts';
import { LongestFirst } from './scripts/test/longest-first.ts';
import { chromiumArguments, findChromium } from './tests/support/programs.ts';

const executablePath = findChromium();

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/**/*.test.{ts,tsx}',
            'apps/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'tests/support/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.{ts,tsx}'],
          // Many of these wait for a database or a browser: every core gets one.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Everything that sources import, also later and on demand, is bundled before the first test: what
        // Vite finds only during a run makes it reload the page under the test.
        optimizeDeps: {
          entries: [
            '{packages,apps}/**/*.browser.test.{ts,tsx}',
            'packages/*/src/{,*/}index.ts',
            'packages/core/src/scan/textRecogniser.ts',
          ],
        },
        test: {
          name: 'browser',
          include: ['{packages,apps}/**/*.browser.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          sequence: { groupOrder: 2 },
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath === undefined ? {} : { executablePath }),
                args: chromiumArguments,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'journey',
          include: ['tests/journeys/**/*.test.ts', 'tests/faults/**/*.test.ts'],
          globalSetup: ['tests/support/build-once.ts'],
          sequence: { groupOrder: 3 },
          // Each has its own centre, its own profiles, its own display: they wait more than they work.
          maxWorkers: availableParallelism(),
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
