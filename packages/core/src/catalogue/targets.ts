import type { Target } from '../journey/draft.ts';
import type { LocalText } from '../text/locale.ts';
import type { Catalogue, LifeEvent } from './schema.ts';

/** A line of a list to choose from. */
export interface TargetEntry {
  readonly target: Target;
  readonly name: LocalText;
  readonly summary: LocalText;
  /** Lead department, then the others that take part. */
  readonly departments: readonly string[];
  readonly events: readonly string[];
  readonly keywords: readonly string[];
  readonly minutes: number;
  /** Number of items applied for in one go. */
  readonly items: number;
}

/**
 * What can be applied for, bundles first. `event` keeps those of a life event, `department` those in which it or
 * an office under it takes part.
 */
export function targetsOf(
  catalogue: Catalogue,
  only: { readonly event?: string; readonly department?: string } = {},
): readonly TargetEntry[] {
  const { event, department } = only;
  const offices = department === undefined ? undefined : departmentsUnder(catalogue, department);
  return [...bundleEntries(catalogue), ...itemEntries(catalogue)].filter(
    (entry) =>
      (event === undefined || entry.events.includes(event)) &&
      (offices === undefined || entry.departments.some((id) => offices.includes(id))),
  );
}

/** Life events that lead somewhere, with the number of items behind each. */
export function eventsWithTargets(
  catalogue: Catalogue,
): readonly { readonly event: LifeEvent; readonly items: number }[] {
  return catalogue.events.flatMap((event) => {
    const items = catalogue.items.filter((item) => item.events.includes(event.id)).length;
    return items === 0 ? [] : [{ event, items }];
  });
}

/** The department and every office under it, itself first. */
export function departmentsUnder(catalogue: Catalogue, id: string): readonly string[] {
  const below = catalogue.departments.filter(({ parent }) => parent === id);
  return [id, ...below.flatMap((department) => departmentsUnder(catalogue, department.id))];
}

function bundleEntries(catalogue: Catalogue): readonly TargetEntry[] {
  return catalogue.bundles.map((bundle) => {
    const items = catalogue.items.filter(({ id }) => bundle.items.some(({ item }) => item === id));
    return {
      target: { kind: 'bundle', id: bundle.id },
      name: bundle.name,
      summary: bundle.summary,
      departments: [...new Set([bundle.lead, ...items.map((item) => item.department)])],
      events: bundle.events,
      keywords: [...bundle.keywords, ...items.flatMap((item) => Object.values(item.name))],
      minutes: bundle.minutes,
      items: bundle.items.length,
    };
  });
}

function itemEntries(catalogue: Catalogue): readonly TargetEntry[] {
  return catalogue.items.map((item) => ({
    target: { kind: 'item', id: item.id },
    name: item.name,
    summary: item.summary,
    departments: [item.department],
    events: item.events,
    keywords: item.keywords,
    minutes: item.minutes,
    items: 1,
  }));
}
