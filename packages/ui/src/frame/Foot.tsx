import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import { Tools } from './Tools.tsx';

interface FootProps {
  readonly onHelp: () => void;
  readonly onBack?: () => void;
  readonly onEnd?: () => void;
  readonly endLabel?: string;
}

/** Back, help, end; then language, large print, sound, lowered layout. These never move. */
export function Foot({ onHelp, onBack, onEnd, endLabel }: FootProps) {
  const { t } = useTranslation();
  return (
    <footer className="foot">
      <nav className="foot-nav" aria-label={t('common:nav.label')}>
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
          {t('common:nav.help')}
        </button>
        {onEnd ? (
          <button type="button" onClick={onEnd}>
            <Icon name="exit" />
            {endLabel ?? t('common:nav.end')}
          </button>
        ) : (
          <span />
        )}
      </nav>
      <Tools />
    </footer>
  );
}
