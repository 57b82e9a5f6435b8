import { useTranslation } from 'react-i18next';
import { Primary } from '../control/Button.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Local, useLocal } from '../language/Local.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { type MaterialRow, nextOpen } from './materials.ts';
import { StepFault } from './StepFault.tsx';

interface MaterialsScreenProps {
  readonly rows: readonly MaterialRow[];
  readonly onOpen: (row: MaterialRow) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly busy: boolean;
}

/** What is to be handed in, how each stands, and what need not be. */
export function MaterialsScreen({ rows, onOpen, onBack, onNext, busy }: MaterialsScreenProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const { visit } = useJourney();
  const { plan, minutesLeft } = useSnapshot(visit);
  const toGive = rows.filter((row) => row.state !== 'exempt');
  const spared = rows.filter((row) => row.state === 'exempt');
  const open = toGive.filter((row) => row.state === 'missing' || row.state === 'differs');
  const next = nextOpen(rows);

  return (
    <Screen
      name="materials"
      what={<Local text={plan.name} />}
      step={3}
      eyebrow={[t('journey:minutesLeft', { count: minutesLeft })]}
      heading={
        open.length === 0
          ? t('journey:materials.complete')
          : t('journey:materials.heading', { count: open.length })
      }
      lead={open.length === 0 ? t('journey:materials.completeLead') : t('journey:materials.lead')}
      onBack={onBack}
      act={
        next === undefined ? (
          <Primary busy={busy} onPress={onNext} note={t('journey:review.name')}>
            {t('journey:next')}
          </Primary>
        ) : (
          <Primary
            icon={next.state === 'differs' ? 'forward' : 'camera'}
            onPress={() => onOpen(next)}
            note={next.state === 'differs' ? undefined : t('journey:materials.takeNote')}
          >
            {t(next.state === 'differs' ? 'journey:materials.look' : 'journey:materials.take', {
              name: local(next.material.name),
            })}
          </Primary>
        )
      }
    >
      <StepFault />
      {toGive.length > 0 && (
        <ul className="materials">
          {toGive.map((row) => (
            <li key={row.material.id}>
              <button type="button" data-state={row.state} onClick={() => onOpen(row)}>
                <span className="materials-mark" aria-hidden="true">
                  {(row.state === 'provided' || row.state === 'promised') && <Icon name="check" />}
                  {row.state === 'differs' && <Icon name="attention" />}
                </span>
                <span className="materials-words">
                  <b>
                    <Local text={row.material.name} />
                  </b>
                  <span>
                    <Local text={row.material.acceptance} />
                  </span>
                </span>
                <span className="materials-state">
                  {t(`journey:materials.state.${row.state}`, {
                    count:
                      row.state === 'differs'
                        ? row.differences.length
                        : (row.held?.files.length ?? 0),
                  })}
                </span>
                <Icon name="more" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {spared.length > 0 && (
        <section className="paper-list materials-spared">
          <h3>{t('journey:path.spared', { count: spared.length })}</h3>
          <ul>
            {spared.map(({ material }) => (
              <li key={material.id}>
                <Local text={material.name} />
                {material.exempt && (
                  <span>
                    <Local text={material.exempt.from} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  );
}
