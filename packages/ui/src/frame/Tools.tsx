import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import { languageNames } from '../language/start.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { LanguageDialog } from './LanguageDialog.tsx';
import { SoundButton } from './SoundButton.tsx';

/** Language, large print, sound, lowered layout. */
export function Tools() {
  const { t } = useTranslation();
  const { language, lowered, change } = useSurroundings();
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="tools">
      <button type="button" onClick={() => setChoosing(true)} aria-haspopup="dialog">
        <Icon name="globe" />
        {languageNames[language]}
      </button>
      <ElderButton />
      <SoundButton on={t('common:tools.soundOnShort')} off={t('common:tools.sound')} />
      <button
        type="button"
        aria-pressed={lowered}
        onClick={() => void change({ lowered: !lowered })}
      >
        <Icon name={lowered ? 'raise' : 'lower'} />
        {lowered ? t('common:tools.raise') : t('common:tools.lower')}
      </button>
      {choosing && <LanguageDialog onClose={() => setChoosing(false)} />}
    </div>
  );
}

export function ElderButton() {
  const { t } = useTranslation();
  const { elder, change } = useSurroundings();
  return (
    <button type="button" aria-pressed={elder} onClick={() => void change({ elder: !elder })}>
      <Icon name="letters" />
      {elder ? t('common:tools.plain') : t('common:tools.elder')}
    </button>
  );
}
