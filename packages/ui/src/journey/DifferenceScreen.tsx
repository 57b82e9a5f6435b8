import type { Result, StoreFailure } from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { Squares } from '../compare/Squares.tsx';
import { Primary, Second } from '../control/Button.tsx';
import { answerInWords } from '../form/answerInWords.ts';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Local, useLocal } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { Picture } from './HeldFiles.tsx';
import { fieldOf, useJourney, useSnapshot } from './journey.ts';
import type { MaterialRow } from './materials.ts';
import { useTask } from './useTask.ts';

interface DifferenceScreenProps {
  readonly row: MaterialRow;
  readonly onBack: () => void;
  /** The form was put right, or the person says the material is wrong. */
  readonly onSettled: () => void;
  readonly onLeave: () => void;
  /** Takes back what was handed in of it. */
  readonly onRetake: () => Promise<Result<void, StoreFailure>>;
}

/** A material says something else than the form: shown in writing squares, put right with one touch. */
export function DifferenceScreen({
  row,
  onBack,
  onSettled,
  onLeave,
  onRetake,
}: DifferenceScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { language } = useSurroundings();
  const local = useLocal();
  const { visit, place } = useJourney();
  const { plan, questions, minutesLeft } = useSnapshot(visit);
  const task = useTask<StoreFailure>();
  const [difference] = row.differences;
  if (difference === undefined) return null;
  const field = fieldOf(place.catalogue, difference.field);
  const other = difference.cells.filter((cell) => !cell.same).length;
  const question = questions.findIndex((each) =>
    each.fields.some((asked) => asked.field === difference.field),
  );
  const [file] = row.held?.files ?? [];
  const inWords = (value: string) => answerInWords(field, value, language, t);
  // A date is compared as people read it, not as it is kept.
  const written = field.kind !== 'date';
  const value =
    field.choices?.find((choice) => choice.label['zh-CN'] === difference.onMaterial)?.value ??
    difference.onMaterial;

  return (
    <Screen
      name="difference"
      instance={`${row.material.id} ${difference.field} ${difference.onMaterial}`}
      what={<Local text={plan.name} />}
      step={3}
      eyebrow={[local(row.material.name), t('journey:minutesLeft', { count: minutesLeft })]}
      heading={
        written
          ? t('journey:difference.heading', { label: local(field.label), count: other })
          : t('journey:difference.headingValue', { label: local(field.label) })
      }
      lead={t('journey:difference.lead')}
      onBack={onBack}
      act={
        <>
          <Primary
            busy={task.busy}
            onPress={() =>
              task.run(() => visit.answer(difference.field, value, 'material'), onSettled)
            }
          >
            {t('journey:difference.take', { value: inWords(difference.onMaterial) })}
          </Primary>
          <div className="pair">
            <Second icon="person" onPress={onLeave}>
              {t('journey:difference.materialWrong')}
            </Second>
            <Second icon="camera" busy={task.busy} onPress={() => task.run(onRetake)}>
              {t('journey:material.retake')}
            </Second>
          </div>
        </>
      }
    >
      {task.failure && (
        <p className="fault fault-wide" role="alert">
          <Icon name="attention" />
          <span>{faultWords('store', task.failure)}</span>
        </p>
      )}
      {file && (
        <div className="difference-picture">
          <Picture
            address={file.address}
            type={file.type}
            label={t('journey:material.photo', { name: local(row.material.name) })}
          />
        </div>
      )}
      <Squares
        difference={
          written
            ? difference
            : {
                ...difference,
                onMaterial: inWords(difference.onMaterial),
                onForm: inWords(difference.onForm),
                cells: [
                  {
                    material: inWords(difference.onMaterial),
                    form: inWords(difference.onForm),
                    same: false,
                  },
                ],
              }
        }
        material={t('journey:difference.onMaterial')}
        materialNote={t('journey:difference.onMaterialNote')}
        form={t('journey:difference.onForm')}
        formNote={
          question >= 0 ? t('journey:difference.onFormNote', { number: question + 1 }) : undefined
        }
      />
    </Screen>
  );
}
