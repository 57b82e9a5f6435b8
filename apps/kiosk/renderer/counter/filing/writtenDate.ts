/** A date as it is quickest to type, 20261109 or 2026.11.9, as ISO 8601; anything else stays for the check to judge. */
export function writtenDate(text: string): string {
  const plain = text.trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(plain);
  if (parts === null) return plain;
  const [, year = '', month = '', day = ''] = parts;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
