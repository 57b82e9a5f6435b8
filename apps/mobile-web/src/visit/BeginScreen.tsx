import type { BeginFailure } from '@tongban/core';
import { Primary, Screen, useSurroundings } from '@tongban/ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { back, go } from '../route/useRoute.ts';

/** Begins an application and goes on to it at once; stays only to say why it cannot be begun. */
export function BeginScreen({
  kind,
  id,
}: {
  readonly kind: 'item' | 'bundle';
  readonly id: string;
}) {
  const { t } = useTranslation();
  const { visits } = usePhone();
  const { language } = useSurroundings();
  const [failure, setFailure] = useState<BeginFailure>();
  const [bug, setBug] = useState<{ readonly fault: unknown }>();
  const [attempt, setAttempt] = useState(0);
  const begun = useRef(-1);

  useEffect(() => {
    // Development renders twice; a person begins once.
    if (begun.current === attempt) return;
    begun.current = attempt;
    visits.begin({ kind, id }, language).then(
      (visit) => {
        if (!visit.ok) return setFailure(visit.error);
        go({ at: 'visit', visit: visit.value }, { replace: true });
      },
      (fault: unknown) => setBug({ fault }),
    );
  }, [visits, kind, id, language, attempt]);

  if (bug !== undefined) throw bug.fault;
  if (failure === undefined) return null;
  return (
    <Screen
      name="cannot-begin"
      heading={t('phone:begin.cannot')}
      lead={t(`phone:begin.${failure}`)}
      onBack={back}
      act={
        <Primary icon="resume" onPress={() => setAttempt((before) => before + 1)}>
          {t('phone:begin.again')}
        </Primary>
      }
    />
  );
}
