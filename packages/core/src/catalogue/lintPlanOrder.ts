import { fieldsOf } from './condition.ts';
import type { CatalogueFaultCode } from './fault.ts';
import { planFor } from './plan.ts';
import type { Bundle, Catalogue } from './schema.ts';

/** In the merged order too, a condition looks back only. */
export function lintPlanOrder(
  bundle: Bundle,
  catalogue: Catalogue,
  say: (where: string, code: CatalogueFaultCode, message: string) => void,
): void {
  const plan = planFor(catalogue, { kind: 'bundle', id: bundle.id });
  const before = new Set<string>();
  for (const question of plan?.questions ?? []) {
    const look = (where: string, names: readonly { readonly field: string }[]) => {
      for (const { field } of names)
        if (!before.has(field)) say(where, 'asked-later', `${field} is asked only later`);
    };
    look(`/questions/${question.id}`, fieldsOf(question.when));
    for (const { field, when } of question.fields) {
      look(`/questions/${question.id}/${field}`, fieldsOf(when));
      before.add(field);
    }
  }
}
