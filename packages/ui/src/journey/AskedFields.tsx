import type { FieldFault } from '@tongban/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answerInPublic, answerInWords } from '../form/answerInWords.ts';
import { FieldControl } from '../form/FieldControl.tsx';
import { FilledRow } from '../form/FilledRow.tsx';
import { useLocal } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { fieldOf, useJourney, useSnapshot } from './journey.ts';
import { type Asked, isPrefilled, type QuestionPage } from './questionPages.ts';
import { sourceWords } from './sourceWords.ts';

interface AskedFieldsProps {
  readonly page: QuestionPage;
  /** The person wanted to go on: what is missing is said too. */
  readonly tried: boolean;
  readonly correcting: ReadonlySet<string>;
  readonly onCorrect: (field: string) => void;
  readonly onAnswer: (field: string, value: string) => void;
}

/**
 * The fields of one screen. Where the first is a choice of the question's own, the others belong to the
 * option that is chosen; a choice from a standard's list (sex, ethnic group) is a field like any other.
 */
export function AskedFields(props: AskedFieldsProps) {
  const { place } = useJourney();
  const [first, ...others] = props.page.fields;
  if (first === undefined) return null;
  const { kind, standard } = fieldOf(place.catalogue, first.field);
  const leads = (kind === 'choice' || kind === 'yes-no') && standard === undefined;
  if (leads || (others.length === 0 && kind === 'choice'))
    return (
      <OneField
        {...props}
        asked={first}
        quietLegend
        {...(others.length > 0 && {
          fills: others.map((asked) => <OneField key={asked.field} {...props} asked={asked} />),
        })}
      />
    );
  return (
    <div className="fields">
      {props.page.fields.map((asked) => (
        <OneField key={asked.field} {...props} asked={asked} />
      ))}
    </div>
  );
}

interface OneFieldProps extends AskedFieldsProps {
  readonly asked: Asked;
  readonly quietLegend?: boolean;
  readonly fills?: ReactNode;
}

function OneField({
  asked,
  tried,
  correcting,
  onCorrect,
  onAnswer,
  quietLegend,
  fills,
}: OneFieldProps) {
  const { t } = useTranslation();
  const { language, place: where } = useSurroundings();
  const say = where === 'phone' ? answerInWords : answerInPublic;
  const local = useLocal();
  const { visit, place } = useJourney();
  const snapshot = useSnapshot(visit);
  const field = fieldOf(place.catalogue, asked.field);
  const answer = snapshot.draft.answers[asked.field];
  const fault = snapshot.faults.find((each) => each.field === asked.field)?.fault;
  const label = local(field.label);

  if (answer && isPrefilled(answer.source) && !correcting.has(asked.field) && !fault && !fills)
    return (
      <FilledRow
        label={label}
        value={say(field, answer.value, language, t)}
        source={answer.source}
        sourceText={sourceWords(answer, snapshot.draft, t)}
        onCorrect={() => onCorrect(asked.field)}
      />
    );

  const unanswered = snapshot.missing.some(
    (each) => each.kind === 'field' && each.field === asked.field,
  );
  const said: FieldFault | undefined = fault ?? (tried && unanswered ? 'required' : undefined);
  return (
    <FieldControl
      field={field}
      value={answer?.value ?? ''}
      required={asked.required}
      {...(said && { fault: said })}
      focused={correcting.has(asked.field)}
      {...(quietLegend && { quietLegend })}
      {...(fills !== undefined && { fillsOf: () => fills })}
      onAnswer={(value) => onAnswer(asked.field, value)}
    />
  );
}
