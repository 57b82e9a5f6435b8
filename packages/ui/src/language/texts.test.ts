import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '../../../..');
const locales = join(project, 'packages/ui/locales');
/** Namespaces that are complete in every language. `phone`, `staff` and `terminal` fall back to Chinese in Uyghur. */
const everywhere = ['common', 'fault', 'journey', 'kiosk', 'scan', 'status'];

type Texts = { readonly [key: string]: string | Texts };

function read(language: string, namespace: string): Map<string, string> {
  const file = readFileSync(join(locales, language, `${namespace}.json`), 'utf8');
  const texts = new Map<string, string>();
  const collect = (part: Texts, path: readonly string[]) => {
    for (const [key, value] of Object.entries(part))
      if (typeof value === 'string') texts.set([...path, key].join('.'), value);
      else collect(value, [...path, key]);
  };
  collect(JSON.parse(file) as Texts, []);
  return texts;
}

/** The key without its plural form: languages differ in how many forms they have. */
const bare = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const keysOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(bare))].sort();
const namespacesOf = (language: string) =>
  readdirSync(join(locales, language)).map((file) => file.replace('.json', ''));

describe('the texts', () => {
  test.each(namespacesOf('zh-CN'))('%s says everything in English too', (namespace) => {
    expect(keysOf(read('en', namespace))).toEqual(keysOf(read('zh-CN', namespace)));
  });

  test.each(everywhere)('%s says everything in Uyghur', (namespace) => {
    expect(keysOf(read('ug', namespace))).toEqual(keysOf(read('zh-CN', namespace)));
  });

  test('every form of number that a language needs is there', () => {
    const wrong: string[] = [];
    for (const language of ['zh-CN', 'en', 'ug'])
      for (const namespace of namespacesOf(language)) {
        const texts = read(language, namespace);
        const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
        for (const key of texts.keys()) {
          if (bare(key) === key) continue;
          for (const form of forms)
            if (!texts.has(`${bare(key)}_${form}`))
              wrong.push(`${language} ${namespace}:${bare(key)}_${form}`);
        }
      }
    expect([...new Set(wrong)]).toEqual([]);
  });

  test('every value that a text takes is taken in every language', () => {
    const values = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
    const wrong: string[] = [];
    for (const namespace of everywhere) {
      const chinese = read('zh-CN', namespace);
      for (const language of ['en', 'ug'])
        for (const [key, text] of read(language, namespace)) {
          const original = chinese.get(key) ?? chinese.get(`${bare(key)}_other`) ?? '';
          const known = new Set([...values(original), '{{count}}', '{{words}}']);
          for (const value of values(text))
            if (!known.has(value)) wrong.push(`${language} ${namespace}:${key} ${value}`);
        }
    }
    expect(wrong).toEqual([]);
  });

  test('no exclamation marks and no machine phrases', () => {
    const loud: string[] = [];
    for (const language of ['zh-CN', 'en', 'ug'])
      for (const namespace of namespacesOf(language))
        for (const [key, text] of read(language, namespace))
          if (/[!！]|\p{Extended_Pictographic}|error|Error|错误代码|未知/u.test(text))
            loud.push(`${language} ${namespace}:${key} ${text}`);
    expect(loud).toEqual([]);
  });
});

/** Where texts are asked for. */
const sources = [
  'packages/ui/src',
  'apps/kiosk/renderer',
  'apps/mobile-web/src',
  'apps/routing-api/desk',
];
const all = namespacesOf('zh-CN');

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Pages of staff, and how a machine stands, ask for their own namespace without naming it in each key. */
const ofStaff = [
  'packages/ui/src/staff',
  'packages/ui/src/health',
  'apps/kiosk/renderer/counter',
  'apps/routing-api/desk',
];

/** Each `namespace:key` in the sources; a key made of parts becomes a pattern over them. */
function asked(): RegExp[] {
  const named = all.join('|');
  const whole = new RegExp(`'((?:${named}):[\\w.-]+)'|\`((?:${named}):[^\`]*)\``, 'g');
  return sources.flatMap((folder) =>
    [...textsBelow(folder)].flatMap((text) =>
      [...text.matchAll(whole)].map(([, plain, made]) => patternOf(plain ?? made ?? '')),
    ),
  );
}

/**
 * What pages of staff hand to `t`, or hold where a key may be: a name, or names with dots between them. `t` speaks of
 * the namespace that the file asks for first; where a key may be, it may be of any that the file asks for.
 */
function askedOfStaff(where: 'to t' | 'anywhere'): RegExp[] {
  const key =
    where === 'to t'
      ? /\bt\(\s*'([\w.-]+)'|\bt\(\s*`([\w.-]+\.[^`:]*)`/g
      : /'([\w-]+(?:\.[\w-]+)*)'|`([\w-]+\.[^`:]*)`/g;
  return ofStaff.flatMap((folder) =>
    [...textsBelow(folder)].flatMap((text) => {
      const named = [...text.matchAll(/useTranslation\('(\w+)'\)/g)].map(([, room]) => room);
      const rooms = new Set(named.length === 0 ? ['staff'] : named);
      const meant = where === 'to t' ? [...rooms].slice(0, 1) : [...rooms];
      return [...text.matchAll(key)].flatMap(([, plain, made]) =>
        meant.map((room) => patternOf(`${room}:${plain ?? made}`)),
      );
    }),
  );
}

/** Without their comments, which name whole groups of texts. */
function* textsBelow(folder: string): Generator<string> {
  for (const path of files(join(project, folder)))
    yield readFileSync(path, 'utf8').replace(/\/\*\*.*?\*\//gs, '');
}

function patternOf(key: string): RegExp {
  const pattern = key.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]*\}/g, '[\\w.-]+');
  return new RegExp(`^${pattern}$`);
}

describe('the screens', () => {
  const patterns = asked();
  const known = all.flatMap((namespace) =>
    keysOf(read('zh-CN', namespace)).map((key) => `${namespace}:${key}`),
  );

  test('ask for no text that is not there', () => {
    const wanted = [...patterns, ...askedOfStaff('to t')];
    const missing = wanted.filter((pattern) => !known.some((key) => pattern.test(key)));
    expect(missing.map(String)).toEqual([]);
  });

  test('leave no text unused', () => {
    // A pattern that takes a whole namespace says nothing about any one of its texts.
    const telling = [...patterns, ...askedOfStaff('anywhere')].filter(
      (pattern) => !/^\^\w+:\[/.test(pattern.source),
    );
    expect(known.filter((key) => !telling.some((pattern) => pattern.test(key)))).toEqual([]);
  });
});
