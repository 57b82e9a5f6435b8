import { rate, type StoreFailure, type Visit } from '@tongban/core';
import { Choice, Icon, Primary, Screen, useLocal, useSurroundings, useTask } from '@tongban/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from './SessionProvider.tsx';

const levels = ['very-good', 'good', 'fair', 'poor', 'very-poor'] as const;
type Level = (typeof levels)[number];

/** A rating, if somebody wants to give one. It leaves sealed, as everything of a citizen does. */
export function RatingScreen({ visit: application }: { readonly visit: Visit }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const { terminal, visit } = useSession();
  const [level, setLevel] = useState<Level>();
  const [unset, setUnset] = useState(false);
  const [sent, setSent] = useState(false);
  const task = useTask<StoreFailure | 'centre-unknown'>();
  const { plan, receipt } = application.snapshot();
  if (receipt === undefined) return null;

  const send = () => {
    setUnset(level === undefined);
    if (level === undefined) return;
    task.run(
      () => rate({ receipt, language, level }, terminal.ports()),
      () => setSent(true),
    );
  };

  return (
    <Screen
      name="rating"
      instance={sent ? 'sent' : 'asked'}
      what={local(plan.name)}
      step={5}
      heading={t(sent ? 'kiosk:rating.thanks' : 'kiosk:rating.heading')}
      lead={t(sent ? 'kiosk:rating.thanksLead' : 'kiosk:rating.lead')}
      onBack={() => visit.send({ type: 'back' })}
      act={
        sent ? (
          <Primary icon="exit" onPress={() => visit.send({ type: 'end' })}>
            {t('common:nav.end')}
          </Primary>
        ) : (
          <Primary busy={task.busy} onPress={send}>
            {t('kiosk:rating.send')}
          </Primary>
        )
      }
    >
      {!sent && (
        <Choice
          legend={t('kiosk:rating.levels')}
          quietLegend
          value={level ?? ''}
          onChoose={(value) => setLevel(levels.find((each) => each === value))}
          options={levels.map((each) => ({ value: each, label: t(`kiosk:rating.level.${each}`) }))}
        />
      )}
      {(unset || task.failure) && (
        <p className="fault" role="alert">
          <Icon name="attention" />
          <span>{task.failure ? t(`fault:submit.${task.failure}`) : t('kiosk:rating.choose')}</span>
        </p>
      )}
    </Screen>
  );
}
