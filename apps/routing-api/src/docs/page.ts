import { languageOf, words } from '../words.ts';
import type { OpenApi, Operation } from './openapi.ts';

/** The OpenAPI document as one page without scripts, so that the strictest policy holds. */
export function docsPage(document: OpenApi, acceptLanguage: string | undefined): string {
  const language = languageOf(acceptLanguage);
  const text = words[language].docs;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const sections = tags.map((tag) => {
    const rows = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<section><h2>${plain(text.tag[tag as keyof typeof text.tag] ?? tag)}</h2>${rows.map((row) => entry(row, text)).join('')}</section>`;
  });
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="${plain(name)}"><summary>${plain(name)}</summary>${json(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${plain(text.title)}</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<header><h1>${plain(text.title)}</h1><p>${plain(text.lead)}</p><p><a href="/api/openapi.json">openapi.json</a></p></header>
<main>${sections.join('')}<section><h2>${plain(text.schemas)}</h2>${schemas.join('')}</section></main>
</body>
</html>`;
}

function entry(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  text: (typeof words)['en']['docs'],
): string {
  const parameters = operation.parameters.map(
    (one) =>
      `<tr><th><code>${plain(one.name)}</code></th><td>${plain(one.in)}${one.required ? `, ${plain(text.required)}` : ''}</td><td>${json(one.schema)}</td></tr>`,
  );
  const answers = Object.entries(operation.responses).map(
    ([status, answer]) =>
      `<tr><th>${plain(status)}</th><td>${answer.content === undefined ? '' : json(answer.content)}</td></tr>`,
  );
  return `<details id="${plain(operation.operationId)}"><summary><b>${plain(method.toUpperCase())}</b> <code>${plain(path)}</code> <span>${plain(operation.summary)}</span></summary>
<p>${plain(operation.description ?? '')}</p>
${parameters.length === 0 ? '' : `<h3>${plain(text.parameters)}</h3><table>${parameters.join('')}</table>`}
${operation.requestBody === undefined ? '' : `<h3>${plain(text.request)}</h3>${json(operation.requestBody.content)}`}
<h3>${plain(text.answers)}</h3><table>${answers.join('')}</table></details>`;
}

/** JSON for reading; a reference leads to its schema. */
function json(value: unknown): string {
  const written = plain(JSON.stringify(value, null, 2));
  return `<pre>${written.replace(
    /&quot;#\/components\/schemas\/(\w+)&quot;/g,
    (_, name: string) => `<a href="#${name}">${name}</a>`,
  )}</pre>`;
}

function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export const docsStyle = `
:root { color: #16181d; background: #f7f5f0; font: 16px/1.6 system-ui, "Noto Sans SC", sans-serif; }
body { max-width: 960px; margin: 0 auto; padding: 32px 16px 96px; }
h1, h2 { font-weight: 700; line-height: 1.25; }
h2 { border-bottom: 2px solid; padding-bottom: 8px; margin-top: 48px; }
h3 { font-size: 1rem; margin: 16px 0 4px; }
details { border-bottom: 1px solid #cfcbc2; }
summary { padding: 8px 0; cursor: pointer; }
summary span { color: #4a4d55; }
a { color: #14408f; }
pre { overflow-x: auto; margin: 4px 0; font-size: 0.8125rem; line-height: 1.4; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; }
@media (prefers-color-scheme: dark) {
  :root { color: #ece9e2; background: #15171b; }
  summary span { color: #b9b6ae; }
  a { color: #9dbdff; }
  details { border-color: #3a3d44; }
}
`;
