import { inBundleOrder, type OutboxState } from '@tongban/core';
import { underWay, useLocal, useSurroundings } from '@tongban/ui';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { nameOf } from '../own/names.ts';
import { type Mark, marks, type Standing, standing } from '../own/stage.ts';
import type { OwnCase } from '../own/useOwn.ts';
import { dayWord } from '../own/when.ts';
import { Link } from '../route/Link.tsx';

/** One application: its name, how far it is, and what that means. */
export function CaseRow({ own }: { readonly own: OwnCase }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const handed = {
    outbox: own.outbox?.state,
    cases: own.known && inBundleOrder(catalogue, own.known.cases),
  };
  const stand = standing(handed);
  const changed = stand.at === 'known' ? stand.current.updatedAt : own.receipt.sealedAt;
  const item = stand.at === 'known' ? local(nameOf(catalogue, stand.current.item)) : '';
  return (
    <li>
      <Link to={{ at: 'case', receipt: own.receipt.number }}>
        <span className="p-case-top">
          <b>{local(nameOf(catalogue, own.receipt.target))}</b>
          <span>{figure(stand, t)}</span>
        </span>
        <Progress marks={marks(handed)} />
        <span className="p-case-say">
          <span>{saying(stand, own.outbox?.state, item, t)}</span>
          <span>{dayWord(changed, new Date(), language, t)}</span>
        </span>
      </Link>
    </li>
  );
}

/** Short, at the end of the name's line. */
function figure(stand: Standing, t: TFunction): string {
  if (stand.at !== 'known') return t(`phone:figure.${stand.at}`);
  if (stand.all > 1) return t('phone:figure.parts', { done: stand.concluded, all: stand.all });
  return t(`phone:state.${stand.current.state}`);
}

/** A sentence under the progress line. */
function saying(
  stand: Standing,
  outbox: OutboxState | undefined,
  item: string,
  t: TFunction,
): string {
  const part = underWay([outbox]);
  if (stand.at === 'here' && part !== undefined) return t('common:sendingPart', part);
  if (stand.at === 'here' && outbox?.at === 'saved' && outbox.waits !== undefined)
    return t('phone:saying.closed');
  if (stand.at !== 'known') return t(`phone:saying.${stand.at}`);
  const { state } = stand.current;
  return stand.all > 1
    ? t('phone:saying.part', { item, state: t(`phone:saying.${state}`) })
    : t(`phone:saying.${state}`);
}

/** As many marks as there are steps; the one under work is thicker. */
export function Progress({ marks: line }: { readonly marks: readonly Mark[] }) {
  const { t } = useTranslation();
  const done = line.filter((mark) => mark === 'done').length;
  return (
    <span
      className="p-progress"
      role="img"
      aria-label={t('phone:progress', { done, all: line.length })}
    >
      {line.map((mark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place in the line
        <i key={index} className={mark} />
      ))}
    </span>
  );
}
