/** One line of JSON an event, for journald. Codes and names only; nothing of a person ever. */
export function log(event: string, detail: Readonly<Record<string, string | number>> = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...detail })}\n`);
}
