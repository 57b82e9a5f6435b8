import { assembleCatalogue, type Catalogue } from '@tongban/core';
import catalogue from './catalogue.json' with { type: 'json' };
import choices from './choices.json' with { type: 'json' };
import departments from './departments.json' with { type: 'json' };
import dictionary from './dictionary.json' with { type: 'json' };
import events from './events.json' with { type: 'json' };
import materials from './materials.json' with { type: 'json' };
import questions from './questions.json' with { type: 'json' };
import reasons from './reasons.json' with { type: 'json' };

const items = import.meta.glob('./items/*.json', { eager: true, import: 'default' });
const bundles = import.meta.glob('./bundles/*.json', { eager: true, import: 'default' });

/** The catalogue of this folder, put into the page at build time: a new file in `items/` needs no line here. */
export const shippedCatalogue = assembleCatalogue({
  catalogue,
  choices,
  departments,
  dictionary,
  events,
  materials,
  questions,
  reasons,
  items: inOrder(items),
  bundles: inOrder(bundles),
}) as Catalogue;

function inOrder(files: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.keys(files)
    .sort()
    .map((name) => files[name]);
}
