import type { FieldFault } from '../form/fault.ts';
import { checkName } from '../form/name.ts';
import { parseResidentId } from '../form/residentId.ts';
import type { Clock } from '../ports/clock.ts';
import { err, ok, type Result } from '../result.ts';
import type { IdentityEvidence } from './evidence.ts';

/** What a person typed about themselves: `declared`, whatever the check character says. */
export function typedIdentity(
  number: string,
  name: string,
  clock: Clock,
): Result<IdentityEvidence, FieldFault> {
  const now = clock.now();
  const parsed = parseResidentId(number, now);
  if (!parsed.ok) return parsed;
  const checked = checkName(name);
  if (!checked.ok) return err(checked.error);
  const { number: residentId, birthDate, sex } = parsed.value;
  return ok({
    source: 'typed',
    assurance: 'declared',
    readAt: now.toISOString(),
    attributes: { name: checked.value, residentId, birthDate, sex },
  });
}
