import type { Answer, Catalogue, DraftMaterial } from '@tongban/core';
import type { DraftChoice, DraftDifference } from '@tongban/sync';
import {
  answerInWords,
  Choice,
  Icon,
  Shot,
  timeOfDay,
  useLocal,
  useSurroundings,
} from '@tongban/ui';
import { useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { materialName } from '../own/names.ts';
import type { Twins } from './twins.ts';

interface DifferenceProps<Kind extends DraftDifference['kind'] = DraftDifference['kind']> {
  readonly difference: Extract<DraftDifference, { kind: Kind }>;
  readonly twins: Twins;
  readonly catalogue: Catalogue;
  /** Which copy is which, in words. */
  readonly sides: Readonly<Record<DraftChoice, string>>;
  /** `undefined`: nobody has chosen yet. */
  readonly value: DraftChoice | undefined;
  readonly onChoose: (side: DraftChoice) => void;
}

/** One difference between two copies, side by side, for a person to decide. */
export function DifferenceChoice({ difference, ...shared }: DifferenceProps) {
  switch (difference.kind) {
    case 'answer':
      return <AnswerChoice {...shared} difference={difference} />;
    case 'material':
      return <MaterialChoice {...shared} difference={difference} />;
    case 'file':
      return <FileChoice {...shared} difference={difference} />;
  }
}

interface SidesProps extends Pick<DifferenceProps, 'sides' | 'value' | 'onChoose'> {
  readonly legend: string;
  readonly here: string;
  readonly there: string;
}

/** Both copies' words beside each other, one of them to be chosen. */
function Sides({ legend, here, there, sides, value, onChoose }: SidesProps) {
  return (
    <div className="p-join">
      <Choice
        legend={legend}
        options={[
          { value: 'here', label: here, note: sides.here },
          { value: 'there', label: there, note: sides.there },
        ]}
        value={value ?? ''}
        onChoose={(side) => onChoose(side as DraftChoice)}
      />
    </div>
  );
}

function AnswerChoice({ difference, catalogue, ...shared }: DifferenceProps<'answer'>) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const field = catalogue.dictionary.find(({ id }) => id === difference.field);
  const words = (answer: Answer | undefined) => {
    if (answer === undefined || answer.value === '') return t('phone:join.empty');
    return field === undefined ? answer.value : answerInWords(field, answer.value, language, t);
  };
  return (
    <Sides
      {...shared}
      legend={t('phone:join.answer', {
        label: field === undefined ? difference.field : local(field.label),
      })}
      here={words(difference.here)}
      there={words(difference.there)}
    />
  );
}

function MaterialChoice({ difference, catalogue, ...shared }: DifferenceProps<'material'>) {
  const { t } = useTranslation();
  const local = useLocal();
  const words = (material: DraftMaterial | undefined) => {
    const state = t(`journey:materials.state.${material?.state ?? 'missing'}`, {
      count: material?.files.length ?? 0,
    });
    const read = Object.values(material?.readings ?? {}).join(t('phone:join.between'));
    return read === '' ? state : t('phone:join.withCode', { state, read });
  };
  return (
    <Sides
      {...shared}
      legend={t('phone:join.material', {
        name: local(materialName(catalogue, difference.material)),
      })}
      here={words(difference.here)}
      there={words(difference.there)}
    />
  );
}

/** A picture that only one copy has: it stays unless the person leaves it out. */
function FileChoice(props: DifferenceProps<'file'>) {
  const { difference, twins, catalogue, sides, value, onChoose } = props;
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const { visits } = usePhone();
  const words = useId();
  const { file, on } = difference;
  const { visit } = on === 'here' ? twins.earlier : twins.later;
  const name = local(materialName(catalogue, difference.material));
  const open = useCallback(() => visits.openFile(visit, file), [visits, visit, file]);
  return (
    <div className="p-join p-join-file">
      <Shot open={open} type={file.type} label={name} />
      <div className="option">
        <label>
          <input
            className="covering"
            type="checkbox"
            checked={value === on}
            aria-describedby={words}
            onChange={(event) =>
              onChoose(event.target.checked ? on : on === 'here' ? 'there' : 'here')
            }
          />
          <span className="tickbox" aria-hidden="true">
            <Icon name="check" />
          </span>
          <span className="option-words">
            {t('phone:join.keep', { name, time: timeOfDay(file.addedAt, language) })}
            <span className="option-note" id={words}>
              {sides[on]}
            </span>
          </span>
        </label>
      </div>
    </div>
  );
}
