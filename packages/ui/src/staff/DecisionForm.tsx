import type { Catalogue } from '@tongban/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from './Act.tsx';
import { type Decision, reasonsFor, shownDocuments } from './decision.ts';
import { useKeys } from './keys.ts';
import type { Names } from './names.ts';

/** Reasons (by digit), materials and text of a decision, as far as its action has them. */
export function DecisionForm(props: {
  readonly decision: Decision;
  readonly catalogue: Catalogue;
  readonly names: Names;
  /** Materials that may be named. */
  readonly materials: readonly string[];
  /** What sends the decision, and what came of it; stands where the eye ends. */
  readonly children: ReactNode;
  onChange(decision: Decision): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { decision, names, onChange } = props;
  const id = useId();
  const reasons = reasonsFor(decision.action, props.catalogue) ?? [];
  const namesMaterials =
    decision.action === 'request-supplement' || decision.action === 'accept-with-gap';
  const writes =
    reasons.length > 0 ||
    decision.action === 'begin-special-procedure' ||
    decision.action === 'resolve-correction';
  const choices =
    decision.action === 'confirm-identity' ? shownDocuments : reasons.map((reason) => reason.id);

  function choose(index: number) {
    const choice = choices[index];
    if (choice === undefined) return;
    if (decision.action === 'confirm-identity') {
      const shown = shownDocuments[index];
      if (shown !== undefined) onChange({ ...decision, shown });
    } else onChange({ ...decision, reasons: toggled(decision.reasons, choice) });
  }

  useKeys(choices.slice(0, 9).map((_, at) => ({ key: String(at + 1), run: () => choose(at) })));

  return (
    <div className="st-decision">
      {choices.length > 0 && (
        <fieldset className="st-reasons">
          <legend>
            {t(decision.action === 'confirm-identity' ? 'decide.shown' : 'decide.reasons')}
          </legend>
          {choices.map((choice, at) => (
            <label key={choice}>
              <input
                type={decision.action === 'confirm-identity' ? 'radio' : 'checkbox'}
                name={`${id}r`}
                checked={decision.shown === choice || decision.reasons.includes(choice)}
                onChange={() => choose(at)}
              />
              {at < 9 && <Key>{at + 1}</Key>}
              {decision.action === 'confirm-identity' ? t(`shown.${choice}`) : names.reason(choice)}
            </label>
          ))}
        </fieldset>
      )}
      {namesMaterials && props.materials.length > 0 && (
        <fieldset className="st-reasons">
          <legend>
            {t(decision.action === 'accept-with-gap' ? 'decide.promised' : 'decide.materials')}
          </legend>
          {props.materials.map((material) => (
            <label key={material}>
              <input
                type="checkbox"
                checked={decision.materials.includes(material)}
                onChange={() =>
                  onChange({ ...decision, materials: toggled(decision.materials, material) })
                }
              />
              {names.material(material)}
            </label>
          ))}
        </fieldset>
      )}
      <div className="st-text">
        {writes && (
          <>
            <label htmlFor={`${id}t`}>{t('decide.text')}</label>
            <textarea
              id={`${id}t`}
              rows={4}
              maxLength={2000}
              value={decision.text}
              aria-describedby={`${id}n`}
              onChange={(event) => onChange({ ...decision, text: event.target.value })}
            />
            <p className="note quiet" id={`${id}n`}>
              {t('decide.textNote')}
            </p>
          </>
        )}
        {props.children}
      </div>
    </div>
  );
}

function toggled(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
