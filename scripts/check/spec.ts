/** A test as Vitest lists it; its name begins with the names of the groups around it. */
export interface ListedTest {
  readonly name: string;
  readonly file: string;
}

const ruleAtLineStart = /^\s*(?:[-*]\s+)?(?:\*\*)?\[([A-Z]+\d+[a-z]?)\]/gm;
const ruleAnywhere = /\[([A-Z]+\d+[a-z]?)\]/g;

/** The numbers of the rules that a specification lays down: `[C1]` at the beginning of a line or list item. */
export function rulesOf(specification: string): string[] {
  return [...specification.matchAll(ruleAtLineStart)].map(([, rule]) => rule as string);
}

/**
 * Every rule has a test that names it; every test that names a rule names one that exists; every test of
 * which `mustCite` holds names at least one. Gives a sentence for each breach.
 */
export function breaches(
  specification: string,
  tests: readonly ListedTest[],
  mustCite: (test: ListedTest) => boolean,
): string[] {
  const rules = rulesOf(specification);
  const known = new Set(rules);
  const cited = new Set<string>();
  const found: string[] = [];
  for (const rule of known) {
    if (rules.filter((one) => one === rule).length > 1) found.push(`[${rule}] is laid down twice.`);
  }
  for (const test of tests) {
    const names = [...test.name.matchAll(ruleAnywhere)].map(([, rule]) => rule as string);
    for (const rule of names) {
      cited.add(rule);
      if (!known.has(rule))
        found.push(`${test.file}: “${test.name}” names [${rule}], which is no rule.`);
    }
    if (names.length === 0 && mustCite(test)) {
      found.push(`${test.file}: “${test.name}” names no rule.`);
    }
  }
  for (const rule of known) {
    if (!cited.has(rule)) found.push(`[${rule}] has no test that names it.`);
  }
  return found;
}
