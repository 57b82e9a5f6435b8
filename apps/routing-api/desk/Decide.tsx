import type { Catalogue } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import {
  Act,
  type Decision,
  DecisionForm,
  faultWords,
  incomplete,
  type Names,
  type StaffFault,
  useKeys,
} from '@tongban/ui/staff';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** Confirms a decision, docked under the case so that the case stays in view. */
export function Decide(props: {
  readonly decision: Decision;
  readonly detail: CaseDetail;
  readonly catalogue: Catalogue;
  readonly names: Names;
  readonly busy: boolean;
  readonly fault: StaffFault | undefined;
  onChange(decision: Decision): void;
  onSend(): void;
  onCancel(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { decision, detail, names } = props;
  const panel = useRef<HTMLElement>(null);
  const lacks = incomplete(decision);
  const why = detail.actions.includes(decision.action)
    ? lacks && t(`why.${lacks}`)
    : t('why.not-yours');
  const send = () => {
    if (why === undefined && !props.busy) props.onSend();
  };
  useKeys([
    { key: 'Ctrl+Enter', run: send },
    { key: 'Escape', run: props.onCancel },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus moves once, when another decision begins.
  useEffect(() => {
    panel.current?.focus();
  }, [decision.action, detail.row.caseNumber]);

  const fault = props.fault === undefined ? undefined : faultWords(props.fault, t);
  const materials = detail.materials.map((one) => one.material);
  return (
    <section
      ref={panel}
      className="desk-decide"
      tabIndex={-1}
      aria-label={t(`act.${decision.action}`)}
    >
      <div className="desk-decide-head">
        <h2 className="desk-decide-title">{t(`act.${decision.action}`)}</h2>
        <p>
          {t(`consequence.${decision.action}`, {
            result: names.result(detail.row.item),
            applicant: detail.row.applicant,
          })}
        </p>
      </div>
      <DecisionForm
        decision={decision}
        catalogue={props.catalogue}
        names={names}
        materials={materials}
        onChange={props.onChange}
      >
        {decision.seen !== detail.row.state && (
          <p className="desk-moved" role="status">
            {t('moved', { state: t(`state.${detail.row.state}`) })}
          </p>
        )}
        {fault !== undefined && (
          <p className="st-fault" role="alert">
            {fault.text}
            {fault.correlation !== undefined && (
              <small>{t('fault.correlation', { correlation: fault.correlation })}</small>
            )}
          </p>
        )}
        <div className="desk-decide-foot">
          <Act
            name={t(`send.${decision.action}`)}
            keys={['Ctrl', 'Enter']}
            tone={decision.action === 'deny' || decision.action === 'refuse' ? 'danger' : 'primary'}
            why={why}
            busy={props.busy}
            onPress={send}
          />
          <Act name={t('cancel')} keys={['Esc']} onPress={props.onCancel} />
        </div>
      </DecisionForm>
    </section>
  );
}
