import { writeSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * What a run came to. A module that does not load, a hook that fails, an error that nobody handled and a
 * test that never ended count as failed: each hides tests, or a fault that no test names.
 */
function outcomeOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Outcome {
  let passed = 0;
  let failed = unhandled.length;
  let skipped = 0;
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed += 1;
      else if (state === 'skipped') skipped += 1;
      else failed += 1;
    }
  }
  // A run that tried nothing has shown nothing.
  return { passed, failed: passed + failed === 0 ? 1 : failed, skipped };
}

/** Writes `N passed, N failed, N skipped` as the last line of the process. */
export class ClosingLine implements Reporter {
  // Until a run ends there is one failure to report: that it did not.
  #outcome: Outcome = { passed: 0, failed: 1, skipped: 0 };
  #announced = false;

  onInit(): void {
    this.announce();
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.#outcome = outcomeOf(modules, unhandled);
  }

  /** From now on the line is written when the process exits, whatever ends it. */
  announce(): void {
    if (this.#announced) return;
    this.#announced = true;
    process.on('exit', () => {
      const { passed, failed, skipped } = this.#outcome;
      if (failed > 0 && (process.exitCode ?? 0) === 0) process.exitCode = 1;
      writeSync(1, `${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }
}
