import type { Visit, VisitSnapshot } from '@tongban/core';
import { Act, type Names } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useVisit } from './useVisit.ts';

/** The right pane while filing: what is still missing, then signing. */
export function FilingSide(props: {
  readonly visit: Visit;
  readonly names: Names;
  /** What stands in the way beside what is missing, e.g. a machine that keeps nothing. */
  readonly fault: string | undefined;
  onSign(): void;
  /** Leaves it to whoever works here next. */
  onHandOn(): void;
  onAbandon(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { missing, needsConfirmation, differences, draft } = useVisit(props.visit);
  const declared = needsConfirmation && draft.evidence.length > 0;
  const promised = Object.values(draft.materials).filter((one) => one.state === 'promised').length;
  return (
    <section className="counter-miss" aria-label={t('filing.missing')}>
      <div className="counter-miss-body">
        <div className="counter-big">
          <b>{missing.length}</b>
          <div>
            <h2>{t('filing.missingCount', { count: missing.length })}</h2>
            <p>{missing.length === 0 ? t('filing.ready') : t('filing.notReady')}</p>
          </div>
        </div>
        <ul className="filing-missing">
          {missing.map((one) => (
            <li key={keyOf(one)}>{words(one, props.names, t)}</li>
          ))}
        </ul>
        {(declared || differences.length > 0 || promised > 0) && (
          <ul className="filing-notes">
            {declared && <li>{t('filing.needsConfirmation')}</li>}
            {differences.length > 0 && (
              <li>{t('filing.differences', { count: differences.length })}</li>
            )}
            {promised > 0 && <li>{t('filing.promises', { count: promised })}</li>}
          </ul>
        )}
        {props.fault !== undefined && (
          <p className="st-fault" role="alert">
            {props.fault}
          </p>
        )}
      </div>
      <div className="filing-go">
        <Act
          name={t('filing.sign')}
          keys={['Ctrl', 'Enter']}
          tone="primary"
          why={missing.length === 0 ? undefined : t('filing.missingWhy', { count: missing.length })}
          onPress={props.onSign}
        />
        <Act name={t('terminal:handOn')} onPress={props.onHandOn} />
        <Act name={t('filing.abandon')} onPress={props.onAbandon} />
      </div>
    </section>
  );
}

type Missing = VisitSnapshot['missing'][number];

function keyOf(one: Missing): string {
  if (one.kind === 'field') return `field ${one.field}`;
  return one.kind === 'material' ? `material ${one.material}` : one.kind;
}

function words(
  one: Missing,
  names: Names,
  t: ReturnType<typeof useTranslation<'staff'>>['t'],
): string {
  switch (one.kind) {
    case 'field':
      return names.field(one.field);
    case 'material':
      return names.material(one.material);
    case 'identity':
      return t('filing.missingIdentity');
    case 'consent':
      return t('filing.missingConsent');
    default:
      return one satisfies never;
  }
}
