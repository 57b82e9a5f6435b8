/** What the files of a catalogue folder hold, parsed and not yet checked. */
export interface CatalogueParts {
  /** `catalogue.json`: version, validUntil, region, calendar. */
  readonly catalogue: unknown;
  readonly dictionary: unknown;
  readonly departments: unknown;
  readonly events: unknown;
  readonly reasons: unknown;
  /** `choices.json`: lists of choices that several fields share, by name. */
  readonly choices: unknown;
  /** `questions.json`: titles and help that several items share. */
  readonly questions: unknown;
  /** `materials.json`: materials that several items ask for. */
  readonly materials: unknown;
  /** One each file of `items/` and `bundles/`, in the order of their names. */
  readonly items: readonly unknown[];
  readonly bundles: readonly unknown[];
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * Puts the files of a folder together to what {@link checkCatalogue} reads, so that a text shared by items
 * is written once: a field's `choices` may name a list, a question may leave its title to `questions.json`,
 * a material may be named by its id. What cannot be found is left as it is, for the check to point at.
 */
export function assembleCatalogue(parts: CatalogueParts): unknown {
  const questions = byId(parts.questions);
  const materials = byId(parts.materials);
  const choices = isEntry(parts.choices) ? parts.choices : {};
  return {
    ...plain(parts.catalogue),
    dictionary: each(parts.dictionary, (field) =>
      typeof field.choices === 'string' && choices[field.choices] !== undefined
        ? { ...field, choices: choices[field.choices] }
        : field,
    ),
    departments: parts.departments,
    events: parts.events,
    reasons: parts.reasons,
    items: each(parts.items, (item) => ({
      ...plain(item),
      questions: each(item.questions, (question) => ({
        ...(isEntry(questions.get(question.id)) ? (questions.get(question.id) as Entry) : {}),
        ...question,
      })),
      materials: Array.isArray(item.materials)
        ? item.materials.map((material: unknown) => materials.get(material) ?? material)
        : item.materials,
    })),
    bundles: each(parts.bundles, plain),
  };
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function each(list: unknown, change: (entry: Entry) => unknown): unknown {
  return Array.isArray(list)
    ? list.map((entry: unknown) => (isEntry(entry) ? change(entry) : entry))
    : list;
}

function byId(list: unknown): ReadonlyMap<unknown, unknown> {
  const entries = Array.isArray(list) ? list.filter(isEntry) : [];
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** Without `$schema`, which is there for editors. */
function plain(value: unknown): Entry {
  if (!isEntry(value)) return {};
  const { $schema: _, ...rest } = value;
  return rest;
}
