import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from './Act.tsx';
import { type DisplayChoice, DisplayForm } from './Display.tsx';
import { Overlay } from './Overlay.tsx';

/** Keys as shown, and what they do. */
export type KeyLine = readonly [keys: readonly string[], words: string];

/** Every key of the page, and how the page is shown. */
export function Help(props: {
  readonly groups: readonly { readonly title: string; readonly lines: readonly KeyLine[] }[];
  readonly choice: DisplayChoice;
  onChoose(choice: DisplayChoice): void;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  return (
    <Overlay title={t('help.title')} wide onClose={props.onClose}>
      <div className="st-help">
        {props.groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.lines.map(([keys, words]) => (
                <div key={words}>
                  <dt>
                    {keys.map((key) => (
                      <Key key={key}>{key}</Key>
                    ))}
                    <span className="spoken">{keys.join(' ')}</span>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <DisplayForm choice={props.choice} onChoose={props.onChoose} />
    </Overlay>
  );
}
