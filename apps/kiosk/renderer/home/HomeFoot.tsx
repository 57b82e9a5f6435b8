import { languages } from '@tongban/core';
import {
  ElderButton,
  Icon,
  languageNames,
  SoundButton,
  useFrame,
  useSurroundings,
} from '@tongban/ui';
import { useTranslation } from 'react-i18next';

/** At the home every language stands by its own name; large print, help and sound take the large places. */
export function HomeFoot() {
  const { t } = useTranslation();
  const { onHelp } = useFrame();
  const { language, elder, lowered, change } = useSurroundings();
  return (
    <footer className="foot">
      <div className="foot-nav">
        <ElderButton />
        <button type="button" onClick={onHelp}>
          <Icon name="person" />
          {t('common:nav.help')}
        </button>
        <SoundButton on={t('common:tools.soundOn')} off={t('common:tools.soundOff')} />
      </div>
      <div className="tools">
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            className={each === language ? 'chosen' : undefined}
            aria-pressed={each === language}
            onClick={() => void change({ language: each })}
          >
            {languageNames[each]}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={lowered}
          onClick={() => void change({ lowered: !lowered })}
        >
          <Icon name={lowered ? 'raise' : 'lower'} />
          {lowered
            ? t('common:tools.raise')
            : t(elder ? 'kiosk:home.lowerShort' : 'common:tools.lower')}
        </button>
      </div>
    </footer>
  );
}
