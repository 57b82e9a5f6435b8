import { concat, fromBinary, toBinary } from '../bytes.ts';
import { readRevisions } from '../pdf/revisions.ts';

/** Appends a revision that writes these objects, as an attacker or a careless tool would. */
export function appendRevision(
  pdf: Uint8Array,
  objects: readonly (readonly [number: number, body: string])[],
  root?: string,
): Uint8Array {
  const last = readRevisions(pdf).at(-1);
  if (!last) throw new Error('No revision');
  const keep = (key: string) => {
    const value = last.trailer.entries.get(key);
    return value ? `/${key} ${toBinary(pdf.subarray(value.start, value.end))}\n` : '';
  };
  let text = '';
  const table = objects.map(([number, body]) => {
    const entry = `${number} 1\n${String(pdf.length + text.length).padStart(10, '0')} 00000 n \n`;
    text += `${number} 0 obj\n${body}\nendobj\n`;
    return entry;
  });
  const xref = pdf.length + text.length;
  const size = Math.max(nextNumber(pdf), ...objects.map(([number]) => number + 1));
  return concat(
    pdf,
    fromBinary(
      `${text}xref\n${table.join('')}trailer\n<<\n/Size ${size}\n${root ?? keep('Root')}${keep('Info')}${keep('ID')}/Prev ${last.xref}\n>>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
}

export function nextNumber(pdf: Uint8Array): number {
  const size = readRevisions(pdf).at(-1)?.trailer.entries.get('Size');
  return size?.kind === 'number' ? size.value : 0;
}

/** Number and text of the last object whose text holds `needle`. */
export function findObject(pdf: Uint8Array, needle: string): [number, string] {
  const objects = readRevisions(pdf).flatMap((revision) => [...revision.objects.values()]);
  const found = objects.findLast(({ value }) =>
    toBinary(pdf.subarray(value.start, value.end)).includes(needle),
  );
  if (!found) throw new Error(`No object with ${needle}`);
  return [found.number, toBinary(pdf.subarray(found.value.start, found.value.end))];
}

/** Position in the middle of the stream of a page's content. */
export function pageContentAt(pdf: Uint8Array): number {
  const { start, end } = pageContent(pdf);
  return (start + end) >> 1;
}

/**
 * First byte of the stream of a page's content, the head of its compression (RFC 1950). Whoever reads the page finds
 * it damaged; further inside, a change may decompress to another page that is as well formed.
 */
export function pageContentHead(pdf: Uint8Array): number {
  return pageContent(pdf).start;
}

function pageContent(pdf: Uint8Array) {
  const [, page] = findObject(pdf, '/Type /Page\n');
  const content = Number(/\/Contents \[ (\d+) 0 R/.exec(page)?.[1]);
  const stream = readRevisions(pdf)[0]?.objects.get(content)?.stream;
  if (!stream) throw new Error('A page without content');
  return stream;
}
