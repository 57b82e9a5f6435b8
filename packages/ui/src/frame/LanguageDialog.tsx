import { languages } from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../dialog/Dialog.tsx';
import { Icon } from '../icon/Icon.tsx';
import { languageNames } from '../language/start.ts';
import { useSurroundings } from '../setting/surroundings.tsx';

/** Every language in its own script, so that nobody has to read another to find theirs. */
export function LanguageDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { language, change } = useSurroundings();
  return (
    <Dialog name="language" heading={t('common:tools.language')} onClose={onClose}>
      <ul className="plain-choices">
        {languages.map((each) => (
          <li key={each}>
            <button
              type="button"
              lang={each}
              aria-pressed={each === language}
              onClick={() => void change({ language: each }).then(onClose)}
            >
              {languageNames[each]}
              {each === language && <Icon name="check" />}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
