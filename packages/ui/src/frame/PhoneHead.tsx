import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import { useFrame } from './frame.ts';
import type { ScreenProps } from './Screen.tsx';
import { stepNames } from './Steps.tsx';

/** Back and help in one row, then where on the way we are. */
export function PhoneHead({ onBack, what, step }: ScreenProps) {
  const { t } = useTranslation();
  const { line, onHelp } = useFrame();
  return (
    <header className="phone-head">
      <div className="phone-nav">
        {onBack ? (
          <button type="button" onClick={onBack}>
            <Icon name="back" />
            {t('common:nav.back')}
          </button>
        ) : (
          <span />
        )}
        <button type="button" onClick={onHelp}>
          <Icon name="person" />
          {t('common:nav.helpShort')}
        </button>
      </div>
      {step !== undefined && (
        <div
          className="phone-way"
          role="img"
          aria-label={t('common:steps.where', {
            now: step + 1,
            all: stepNames.length,
            name: t(`common:steps.${stepNames[step] ?? 'identity'}`),
          })}
        >
          {stepNames.map((name, index) => (
            <i key={name} className={index < step ? 'done' : index === step ? 'now' : undefined} />
          ))}
        </div>
      )}
      <p className="phone-what">
        {what && <span>{what}</span>}
        {line}
      </p>
    </header>
  );
}
