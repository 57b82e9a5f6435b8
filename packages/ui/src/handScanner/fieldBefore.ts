const unwritten = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** Whether keys write into this element. */
export function isWritten(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !unwritten.has(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLElement && element.isContentEditable;
}

/** A field as it stood before a scanner's first keys went into it. */
export interface FieldBefore {
  /** Makes it so again, and tells the page as if somebody had typed it. */
  restore(): void;
  /** Takes the focus away: an input method only works where there is a field. */
  leave(): void;
  /** Gives the focus back, unless something else was focused in the meantime. */
  comeBack(): void;
}

/** Remembers the field that the keys go to now; `undefined` where they go to none. */
export function fieldBefore(page: Document): FieldBefore | undefined {
  const field = page.activeElement;
  if (!(field instanceof HTMLElement) || !isWritten(field)) return undefined;
  const { restore, mark } = contentOf(field);
  let left = false;
  return {
    restore,
    leave() {
      left = true;
      field.blur();
      // What the input method had under way may only now have been written.
      restore();
    },
    comeBack() {
      restore();
      const elsewhere = page.activeElement !== null && page.activeElement !== page.body;
      if (!left || elsewhere || !field.isConnected) return;
      field.focus({ preventScroll: true });
      mark();
    },
  };
}

function contentOf(field: HTMLElement): { restore(): void; mark(): void } {
  if (field instanceof HTMLSelectElement) {
    const { value } = field;
    const restore = () => {
      if (field.value === value) return;
      field.value = value;
      tell(field, 'input');
      tell(field, 'change');
    };
    return { restore, mark: () => undefined };
  }
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    const before = field.textContent;
    const restore = () => {
      if (field.textContent === before) return;
      field.textContent = before;
      tell(field, 'input');
    };
    return { restore, mark: () => undefined };
  }
  const { value, selectionStart, selectionEnd } = field;
  // Fields of some types (dates, numbers) have no place of the cursor that could be told.
  const mark = () => {
    if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
  };
  const restore = () => {
    if (field.value === value) return;
    write(field, value);
    tell(field, 'input');
    mark();
  };
  return { restore, mark };
}

/** Past the setter that React puts on the element itself: a value set there counts as known, and no change is seen. */
function write(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const proto = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(proto.prototype, 'value')?.set?.call(field, value);
}

function tell(field: HTMLElement, what: 'input' | 'change'): void {
  field.dispatchEvent(new Event(what, { bubbles: true }));
}
