import { type Answer, type DictionaryField, type FieldFault, normalAnswer } from '@tongban/core';
import { type Names, Tick } from '@tongban/ui/staff';
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** One field as a row: label, control, source, state. Handed on when the field is left. */
export function FieldLine(props: {
  readonly field: DictionaryField;
  readonly answer: Answer | undefined;
  readonly required: boolean;
  readonly fault: FieldFault | undefined;
  readonly names: Names;
  onAnswer(value: string): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { field, answer, fault, names } = props;
  const id = useId();
  const label = names.field(field.id);
  const state =
    fault !== undefined
      ? 'fault'
      : answer === undefined
        ? props.required
          ? 'open'
          : 'free'
        : 'ok';
  return (
    <tr className={state === 'fault' ? 'st-gap' : undefined}>
      <th scope="row">
        <label htmlFor={id}>{label}</label>
      </th>
      <td>
        <Control {...props} id={id} describedBy={`${id}n`} />
        {fault !== undefined && (
          <p className="filing-fault" id={`${id}n`}>
            {t(`fault:field.${fault}`, { label })}
          </p>
        )}
      </td>
      <td className="st-source">{answer !== undefined && t(`source.${answer.source}`)}</td>
      <td className="st-mark-cell">
        {state === 'ok' && <Tick words={t('answers.fine')} />}
        {state === 'open' && <b className="filing-open">{t('filing.open')}</b>}
        {state === 'free' && <span>{t('filing.optional')}</span>}
        {state === 'fault' && <b>{t('filing.wrong')}</b>}
      </td>
    </tr>
  );
}

function Control(props: {
  readonly id: string;
  readonly describedBy: string;
  readonly field: DictionaryField;
  readonly answer: Answer | undefined;
  readonly required: boolean;
  readonly fault: FieldFault | undefined;
  readonly names: Names;
  onAnswer(value: string): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { field, answer, onAnswer, names } = props;
  const kept = answer?.value ?? '';
  const [text, setText] = useState(kept);
  const pending = useRef<string>(undefined);
  const handOn = useRef(onAnswer);
  useEffect(() => {
    handOn.current = onAnswer;
  });
  // A value that came from elsewhere (a card) takes the field, unless somebody is typing in it.
  useEffect(() => {
    if (pending.current === undefined) setText(kept);
  }, [kept]);
  const { kind } = field;
  const leave = useCallback(() => {
    if (pending.current === undefined) return;
    // A date shows at once as it is kept; the rest stays as it was typed until it comes back.
    const typed =
      kind === 'date' ? normalAnswer({ kind }, pending.current) : pending.current.trim();
    pending.current = undefined;
    setText(typed);
    handOn.current(typed);
  }, [kind]);
  // What stands in the field when the page turns to another case is kept too.
  useEffect(() => leave, [leave]);

  const common = {
    id: props.id,
    className: 'st-field',
    'aria-required': props.required,
    'aria-invalid': props.fault !== undefined,
    'aria-describedby': props.fault === undefined ? undefined : props.describedBy,
  };
  const options =
    field.kind === 'yes-no' ? ['yes', 'no'] : field.choices?.map((choice) => choice.value);
  if (options !== undefined) {
    return (
      <select {...common} value={kept} onChange={(event) => onAnswer(event.target.value)}>
        <option value="">{t('filing.choose')}</option>
        {options.map((value) => (
          <option key={value} value={value}>
            {names.value(field.id, value)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...common}
      type="text"
      placeholder={field.kind === 'date' ? t('filing.dateHint') : undefined}
      lang="zh-CN"
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => {
        pending.current = event.target.value;
        setText(event.target.value);
      }}
      onBlur={leave}
    />
  );
}
