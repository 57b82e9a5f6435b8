import type { AnswerSource } from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { Mini } from '../control/Button.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Own } from '../language/Local.tsx';

interface FilledRowProps {
  readonly label: string;
  readonly value: string;
  readonly source?: AnswerSource;
  /** Words for the source where more is known than its kind. */
  readonly sourceText?: string;
  readonly onCorrect?: () => void;
}

/** The value, ↳ where it came from, 改正. The same everywhere. */
export function FilledRow({ label, value, source, sourceText, onCorrect }: FilledRowProps) {
  const { t } = useTranslation();
  return (
    <div className="filled">
      <span className="filled-name">{label}</span>
      <span className="filled-value">
        <Own>{value}</Own>
        {source !== undefined && source !== 'typed' && (
          <span className="from">
            <Icon name="from" />
            {sourceText ?? t(`common:source.${source}`)}
          </span>
        )}
      </span>
      {onCorrect && (
        <Mini onPress={onCorrect} label={t('common:correctField', { label })}>
          {t('common:correct')}
        </Mini>
      )}
    </div>
  );
}
