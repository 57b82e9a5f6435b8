import { holds, type Values } from '../catalogue/condition.ts';
import type { Material, Question } from '../catalogue/schema.ts';
import type { Answer } from '../seal/manifest.ts';
import type { Plan } from './visit.ts';

/** What of a plan concerns this person. */
export interface Applicable {
  /** Questions that apply, each with only the fields that do. */
  readonly questions: readonly Question[];
  /** Answers to these, and to nothing else: an answer whose question fell away neither counts nor travels. */
  readonly values: Values;
  readonly materials: readonly {
    readonly material: Material;
    readonly needed: boolean;
    readonly exempt: boolean;
  }[];
}

/** One pass is enough, because the catalogue's check lets conditions look back only. */
export function applicable(plan: Plan, answers: Readonly<Record<string, Answer>>): Applicable {
  const values: Record<string, string> = {};
  const questions = plan.questions.flatMap((question) => {
    if (!holds(question.when, values)) return [];
    const fields = question.fields.filter(({ field, when }) => {
      if (!holds(when, values)) return false;
      const answer = answers[field];
      if (answer !== undefined) values[field] = answer.value;
      return true;
    });
    return fields.length === 0 ? [] : [{ ...question, fields }];
  });
  const materials = plan.materials.map(({ material }) => {
    const needed = holds(material.when, values);
    const { exempt } = material;
    return {
      material,
      needed,
      exempt: needed && exempt !== undefined && holds(exempt.when, values),
    };
  });
  return { questions, values, materials };
}
