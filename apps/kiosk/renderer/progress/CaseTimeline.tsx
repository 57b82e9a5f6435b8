import {
  type CaseEvent,
  concludedStates,
  inBundleOrder,
  localText,
  type PublicStatus,
} from '@tongban/core';
import { shortDate, timeOfDay, useLocal, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useSession } from '../visit/SessionProvider.tsx';

/** A bundle as its items in order, one item as what happened to it. */
export function CaseTimeline({ cases }: { readonly cases: readonly PublicStatus[] }) {
  const { t } = useTranslation();
  const [only] = cases;
  return (
    <section className="progress">
      <h2 className="section-title">{t('kiosk:progress.way')}</h2>
      {cases.length === 1 && only ? <Events status={only} /> : <Items cases={cases} />}
    </section>
  );
}

function Items({ cases }: { readonly cases: readonly PublicStatus[] }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const { terminal } = useSession();
  const catalogue = terminal.device.catalogue();
  return (
    <ol className="timeline">
      {inBundleOrder(catalogue, cases).map((status) => {
        const item = catalogue.items.find((each) => each.id === status.item);
        const department = catalogue.departments.find((each) => each.id === status.department);
        return (
          <li key={status.caseNumber} className={markOf(status)}>
            <b>{item ? local(item.name) : status.item}</b>
            <span>{t(`status:state.${status.state}`)}</span>
            <small>
              {department && local(department.name)}
              {status.due !== undefined &&
                ` · ${t('kiosk:progress.due', { date: shortDate(status.due, language) })}`}
            </small>
          </li>
        );
      })}
    </ol>
  );
}

function markOf(status: PublicStatus): string | undefined {
  if (concludedStates.includes(status.state)) return 'done';
  return status.state === 'waiting' ? undefined : 'now';
}

function Events({ status }: { readonly status: PublicStatus }) {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const { terminal } = useSession();
  const catalogue = terminal.device.catalogue();
  const over = concludedStates.includes(status.state);

  const detail = (event: CaseEvent): string | undefined => {
    switch (event.kind) {
      case 'routed': {
        const department = catalogue.departments.find((each) => each.id === event.department);
        const rule = catalogue.items.find((item) => item.id === status.item)?.routing[event.rule];
        return (
          department &&
          rule &&
          t('kiosk:progress.routed', {
            department: localText(department.name, language),
            because: localText(rule.because, language),
          })
        );
      }
      case 'accepted':
        return event.gaps.length > 0 ? t('kiosk:progress.gap') : undefined;
      case 'refused':
      case 'denied':
        return event.reasons
          .flatMap((id) => catalogue.reasons.filter((reason) => reason.id === id))
          .map((reason) => localText(reason.text, language))
          .join(' ');
      default:
        return undefined;
    }
  };

  return (
    <ol className="timeline">
      {status.events.map((event, index) => {
        const last = index === status.events.length - 1;
        const words = detail(event);
        return (
          <li key={`${event.kind} ${event.at}`} className={last && !over ? 'now' : 'done'}>
            <b>{t(`status:event.${event.kind}`)}</b>
            <span>
              {shortDate(event.at, language)} {timeOfDay(event.at, language)}
            </span>
            {words && <small>{words}</small>}
          </li>
        );
      })}
      {!over && status.due !== undefined && (
        <li>
          <b>{t('status:event.granted')}</b>
          <span>{t('kiosk:progress.due', { date: shortDate(status.due, language) })}</span>
        </li>
      )}
    </ol>
  );
}
