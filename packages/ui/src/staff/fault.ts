import type { StaffFault } from './client.ts';
import type { StaffText } from './words.ts';

/** One plain sentence about a fault; a refusal speaks in the centre's words, already in the reader's language. */
export function faultWords(
  fault: StaffFault,
  t: StaffText,
): { readonly text: string /** Told to whoever helps. */; readonly correlation?: string } {
  if (fault.reason !== 'refused') return { text: t(`fault.${fault.reason}`) };
  const { title, detail, correlation } = fault.problem;
  return { text: detail ?? title, correlation };
}
