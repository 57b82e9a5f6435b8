import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../dialog/Dialog.tsx';
import { Icon } from '../icon/Icon.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useVoice } from '../sound/useReadAloud.ts';

/** Reads screens aloud, or says that this machine has no voice for the language. */
export function SoundButton({ on, off }: { readonly on: string; readonly off: string }) {
  const { t } = useTranslation();
  const { language, sound, change } = useSurroundings();
  const voice = useVoice(language);
  const [silent, setSilent] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-pressed={sound}
        onClick={() => (voice || sound ? void change({ sound: !sound }) : setSilent(true))}
      >
        <Icon name="sound" />
        {sound ? on : off}
      </button>
      {silent && (
        <Dialog
          name="no-voice"
          heading={t('common:tools.noVoice')}
          onClose={() => setSilent(false)}
        >
          <p>{t('common:tools.noVoiceHelp')}</p>
        </Dialog>
      )}
    </>
  );
}
