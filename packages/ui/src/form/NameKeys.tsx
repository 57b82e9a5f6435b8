import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RareCharacter } from '../board/RareCharacter.tsx';
import { Mini } from '../control/Button.tsx';

interface NameKeysProps {
  readonly onText: (text: string) => void;
}

/** Under a name, where the device brings its own keyboard: the dot between its parts, and characters no keyboard has. */
export function NameKeys({ onText }: NameKeysProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div className="name-keys">
        <Mini label={t('common:rare.dot')} onPress={() => onText('·')}>
          ·
        </Mini>
        <Mini onPress={() => setOpen(true)}>{t('common:rare.open')}</Mini>
      </div>
    );
  return (
    <div ref={focus} tabIndex={-1}>
      <RareCharacter
        onTake={(character) => {
          onText(character);
          setOpen(false);
        }}
        onClose={() => setOpen(false)}
      />
    </div>
  );
}

/** What was pressed is gone: keys and screen readers go on in what took its place. */
function focus(element: HTMLElement | null): void {
  element?.focus();
}
