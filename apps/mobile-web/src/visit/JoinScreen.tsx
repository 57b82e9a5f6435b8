import {
  loadTexts,
  Primary,
  Screen,
  Second,
  useLocal,
  useSurroundings,
  useTask,
} from '@tongban/ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { useCatalogue } from '../device/useCatalogue.ts';
import { targetName } from '../own/names.ts';
import { momentWord } from '../own/when.ts';
import { go } from '../route/useRoute.ts';
import { type Chosen, chosenOf, keyOf, open } from './choices.ts';
import { DifferenceChoice } from './JoinChoices.tsx';
import type { Twins } from './twins.ts';
import { useTwins } from './useTwins.ts';

const home = () => go({ at: 'home' }, { replace: true });

/** Two copies of one application, both written: what differs stands side by side until a person has chosen. */
export function JoinScreen({ visit }: { readonly visit: string }) {
  const twins = useTwins(visit);
  const [ready, setReady] = useState(false);
  useEffect(() => void loadTexts('journey').then(() => setReady(true)), []);
  // One copy is left: another window joined them, or the other was handed in.
  useEffect(() => {
    if (twins === 'none') go({ at: 'visit', visit }, { replace: true });
  }, [twins, visit]);
  return ready && typeof twins === 'object' ? <Joining twins={twins} /> : null;
}

function Joining({ twins }: { readonly twins: Twins }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const { visits } = usePhone();
  const catalogue = useCatalogue();
  const task = useTask<Extract<Awaited<ReturnType<typeof visits.join>>, { ok: false }>['error']>();
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const { earlier, later, differences } = twins;
  const left = open(differences, chosen);
  const when = (iso: string) => momentWord(iso, new Date(), language, t);
  const sides = {
    here: t('phone:join.earlier', { when: when(earlier.draft.updatedAt) }),
    there: t('phone:join.later', { when: when(later.draft.updatedAt) }),
  };

  return (
    <Screen
      name="join"
      instance={earlier.visit}
      what={local(targetName(catalogue, earlier.draft.target))}
      heading={t('phone:join.heading')}
      lead={t(differences.length === 0 ? 'phone:join.same' : 'phone:join.lead')}
      onBack={home}
      act={
        <>
          <Primary
            icon="check"
            busy={task.busy}
            disabled={left > 0}
            {...(left > 0 && { note: t('phone:join.left', { count: left }) })}
            onPress={() =>
              task.run(
                () => visits.join(twins, (difference) => chosenOf(difference, chosen)),
                (visit) => go({ at: 'visit', visit }, { replace: true }),
              )
            }
          >
            {t('phone:join.join')}
          </Primary>
          <Second icon="undo" onPress={home}>
            {t('phone:join.notNow')}
          </Second>
        </>
      }
    >
      {task.failure && (
        <p className="fault fault-wide" role="alert">
          {t(`phone:join.fault.${task.failure}`)}
        </p>
      )}
      {differences.map((difference) => {
        const key = keyOf(difference);
        return (
          <DifferenceChoice
            key={key}
            difference={difference}
            twins={twins}
            catalogue={catalogue}
            sides={sides}
            value={chosenOf(difference, chosen)}
            onChoose={(side) => setChosen((before) => new Map(before).set(key, side))}
          />
        );
      })}
    </Screen>
  );
}
