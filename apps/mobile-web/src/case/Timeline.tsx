import { inBundleOrder, type OutboxState, type PublicStatus, type Receipt } from '@tongban/core';
import { shortDate, underWay, useLocal, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { departmentName, nameOf } from '../own/names.ts';
import { isConcluded, standing } from '../own/stage.ts';
import { momentWord } from '../own/when.ts';

interface TimelineProps {
  readonly receipt: Receipt;
  readonly outbox: OutboxState | undefined;
  readonly cases: readonly PublicStatus[] | undefined;
  readonly asOf: string | undefined;
}

interface Point {
  readonly key: string;
  readonly mark: 'ok' | 'now' | 'later';
  readonly name: string;
  readonly state: string;
  readonly note: string | undefined;
}

/** How far it is: an item a point for a bundle, the stages of the one item otherwise. */
export function Timeline(props: TimelineProps) {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const points = usePoints(props);
  return (
    <section className="p-section">
      <h2 className="p-sec">{t('phone:timeline.heading')}</h2>
      <ol className="p-time">
        {points.map(({ key, mark, name, state, note }) => (
          <li key={key} className={mark} aria-current={mark === 'now' ? 'step' : undefined}>
            <b>{name}</b>
            <span>{state}</span>
            {note !== undefined && <small>{note}</small>}
          </li>
        ))}
      </ol>
      {props.asOf !== undefined && (
        <p className="p-quiet">
          {t('phone:timeline.asOf', {
            time: momentWord(props.asOf, new Date(), language, t),
          })}
        </p>
      )}
    </section>
  );
}

function usePoints({ receipt, outbox, cases }: TimelineProps): readonly Point[] {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const day = (iso: string) => shortDate(iso, language);
  const stand = standing({ outbox, cases });
  const part = underWay([outbox]);
  const sent: Point = {
    key: 'sent',
    mark: stand.at === 'here' ? 'now' : 'ok',
    name: t('phone:timeline.sent'),
    state:
      stand.at !== 'here'
        ? t('phone:timeline.arrived')
        : part === undefined
          ? t('phone:figure.here')
          : t('common:sendingPart', part),
    note: receipt.sealedAt === '' ? undefined : day(receipt.sealedAt),
  };
  if (cases === undefined || stand.at !== 'known') {
    const rest: readonly Point[] = ['received', 'accepted', 'concluded'].map((stage) => ({
      key: stage,
      mark: 'later',
      name: t(`phone:timeline.${stage}`),
      state: '',
      note: undefined,
    }));
    return [sent, ...rest];
  }
  if (cases.length > 1) return inBundleOrder(catalogue, cases).map((status) => itemPoint(status));
  return [sent, ...stages(stand.current)];

  function itemPoint(status: PublicStatus): Point {
    const over = isConcluded(status);
    const department = local(departmentName(catalogue, status.department));
    return {
      key: status.caseNumber,
      mark: over ? 'ok' : status.state === 'waiting' ? 'later' : 'now',
      name: local(nameOf(catalogue, status.item)),
      state: stateWord(status),
      note: status.state === 'waiting' ? undefined : noteOf(status, department),
    };
  }

  function stateWord(status: PublicStatus): string {
    if (status.state !== 'waiting') return t(`phone:state.${status.state}`);
    const waits = status.events.findLast((event) => event.kind === 'waiting-for');
    const items = waits?.kind === 'waiting-for' ? waits.items : [];
    return t('phone:timeline.after', {
      items: items.map((item) => local(nameOf(catalogue, item))).join(t('phone:and')),
    });
  }

  function noteOf(status: PublicStatus, department: string): string {
    if (isConcluded(status))
      return t('phone:timeline.by', { department, date: day(status.updatedAt) });
    if (status.state === 'supplement-requested' || status.state === 'special-procedure')
      return t('phone:timeline.paused', { department });
    if (status.due !== undefined)
      return t('phone:timeline.due', { department, date: day(status.due) });
    return t('phone:timeline.by', { department, date: day(status.updatedAt) });
  }

  function stages(status: PublicStatus): readonly Point[] {
    const department = local(departmentName(catalogue, status.department));
    const received = status.events.find((event) => event.kind === 'received');
    const accepted = status.events.find((event) => event.kind === 'accepted');
    const over = isConcluded(status);
    const now = over ? 2 : accepted === undefined ? 0 : 1;
    const mark = (stage: number): Point['mark'] =>
      over || stage < now ? 'ok' : stage === now ? 'now' : 'later';
    const state = (stage: number) => (stage === now ? t(`phone:state.${status.state}`) : '');
    return [
      {
        key: 'received',
        mark: mark(0),
        name: t('phone:timeline.received'),
        state: state(0),
        note:
          now === 0
            ? noteOf(status, department)
            : received && t('phone:timeline.by', { department, date: day(received.at) }),
      },
      {
        key: 'accepted',
        mark: mark(1),
        name: t('phone:timeline.accepted'),
        state: state(1),
        note:
          now === 1
            ? noteOf(status, department)
            : accepted && t('phone:timeline.by', { department, date: day(accepted.at) }),
      },
      {
        key: 'concluded',
        mark: mark(2),
        name: t('phone:timeline.concluded'),
        state: state(2),
        note: over ? noteOf(status, department) : undefined,
      },
    ];
  }
}
