import type { Catalogue } from '@tongban/core';
import type { Person } from '../session/session.ts';
import type { CaseRecord } from './record.ts';

/** A department and everything below it. */
export function departmentsOf(catalogue: Catalogue, department: string): string[] {
  const found = [department];
  for (const one of found) {
    for (const { id, parent } of catalogue.departments)
      if (parent === one && !found.includes(id)) found.push(id);
  }
  return found;
}

/**
 * Whether a person may see a case. A desk sees its department's, those below included; a counter any, since people
 * come to any hall (each look is in the log); a supervisor sees how all stand.
 */
export function maySee(
  person: Person,
  record: Pick<CaseRecord, 'status'>,
  catalogue: Catalogue,
): boolean {
  const { role, department } = person.who;
  switch (role) {
    case 'counter':
    case 'supervisor':
      return true;
    case 'desk':
      return (
        department !== undefined &&
        departmentsOf(catalogue, department).includes(record.status.department)
      );
    case 'citizen':
      return false;
  }
}
