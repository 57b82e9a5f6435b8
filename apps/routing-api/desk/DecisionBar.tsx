import type { Language, Random } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import { timeOfDay } from '@tongban/ui';
import {
  Act,
  type Action,
  beginDecision,
  type Decision,
  isConcluded,
  type Names,
  type StaffClient,
  type StaffFault,
  type StaffSession,
  sendable,
  useKeys,
} from '@tongban/ui/staff';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BarAct, barActs } from './acts.ts';
import { Decide } from './Decide.tsx';

/** The acts with their keys; once one is chosen, the panel that confirms it. */
export function DecisionBar(props: {
  readonly session: StaffSession;
  readonly client: StaffClient;
  readonly random: Random;
  readonly detail: CaseDetail;
  readonly names: Names;
  readonly decision: Decision | undefined;
  onDecision(decision: Decision | undefined): void;
  onDone(detail: CaseDetail): void;
  onReload(): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { detail, decision, session, onDecision } = props;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<StaffFault>();
  const [done, setDone] = useState<{ readonly action: Action; readonly at: string }>();
  const acts = barActs(detail);

  async function send() {
    if (decision === undefined) return;
    // The state they see is the one on the page now; that it moved was said beside the button.
    const current = { ...decision, seen: detail.row.state };
    const { request, key, decision: sent } = sendable(current, props.random);
    onDecision(sent);
    setBusy(true);
    setFault(undefined);
    const answer = await props.client.act(detail.row.caseNumber, request, key);
    setBusy(false);
    if (answer.ok) {
      onDecision(undefined);
      setDone({ action: request.action, at: answer.value.row.updatedAt });
      props.onDone(answer.value);
      return;
    }
    session.onFault(answer.error);
    // Signing in again is asked for over the page; behind it everything stays as it was.
    if (answer.error.reason !== 'signed-out') setFault(answer.error);
    if (answer.error.reason === 'refused' && answer.error.problem.code === 'case-moved-on') {
      // Decided on what is no longer so: what was typed stays, the case is shown as it is now.
      props.onReload();
    }
  }

  const begin = (act: BarAct) => {
    if (act.closed !== undefined) return;
    setFault(undefined);
    setDone(undefined);
    onDecision(beginDecision(act.action, detail));
  };

  useKeys(
    decision === undefined ? acts.map((act) => ({ key: act.key, run: () => begin(act) })) : [],
  );

  if (decision !== undefined) {
    return (
      <Decide
        decision={decision}
        detail={detail}
        catalogue={session.catalogue}
        names={props.names}
        busy={busy}
        fault={fault}
        onChange={onDecision}
        onSend={() => void send()}
        onCancel={() => onDecision(undefined)}
      />
    );
  }
  const said = (
    <p className="desk-done" role="status">
      {/* Once somebody else moves the case on, it is said no more. */}
      {done !== undefined &&
        done.at === detail.row.updatedAt &&
        t(`done.${done.action}`, { time: timeOfDay(done.at, i18n.language as Language) })}
    </p>
  );
  if (isConcluded(detail.row.state)) {
    return (
      <footer className="desk-act desk-act-over">
        {said}
        <p className="quiet">{t('desk.concluded')}</p>
      </footer>
    );
  }
  return (
    <footer className="desk-act">
      {said}
      {acts.map((act) => (
        <Act
          key={act.key}
          name={t(`act.${act.action}`)}
          keys={[act.key]}
          tone={act.key === 'A' ? 'primary' : act.key === 'R' ? 'danger' : 'second'}
          why={act.closed === undefined ? undefined : t(`why.${act.closed}`)}
          onPress={() => begin(act)}
        />
      ))}
    </footer>
  );
}
