import {
  type Catalogue,
  type Language,
  localText,
  searchCatalogue,
  type Target,
  targetsOf,
} from '@tongban/core';
import { useHandScan } from '@tongban/ui';
import { Act, type Names, Overlay, useKeys } from '@tongban/ui/staff';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What a kiosk or a phone shows when it gives an application out; it may be pasted into the field. */
const handedOver = /^TBH1:/;

/** What a new application begins with: the ticket, as typed, and what it is for, or the code of one begun elsewhere. */
export function ChooseTarget(props: {
  readonly catalogue: Catalogue;
  readonly names: Names;
  readonly fault: string | undefined;
  readonly busy: boolean;
  onBegin(target: Target, ticket: string | undefined): void;
  onTakeOver(code: string, ticket: string | undefined): void;
  onClose(): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  const [ticket, setTicket] = useState('');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const inside = useRef<HTMLDivElement>(null);
  const id = useId();
  const code = text.trim();
  const elsewhere = handedOver.test(code);
  const found =
    code === '' ? targetsOf(props.catalogue) : searchCatalogue(props.catalogue, text, language);
  const chosen = found[Math.min(at, found.length - 1)];

  const written = ticket.trim().toUpperCase() || undefined;
  useHandScan(
    async ({ meaning }) => {
      if (meaning.kind !== 'handover') return t('scanned.notHandover');
      if (props.busy) return props.fault ?? t('fault:handScan.busy');
      props.onTakeOver(meaning.code, written);
      return undefined;
    },
    { within: inside },
  );

  const begin = (target: Target | undefined) => {
    if (props.busy) return;
    if (elsewhere) props.onTakeOver(code, written);
    else if (target !== undefined) props.onBegin(target, written);
  };
  useKeys(
    [
      { key: 'ArrowDown', run: () => setAt(Math.min(at + 1, found.length - 1)), repeats: true },
      { key: 'ArrowUp', run: () => setAt(Math.max(at - 1, 0)), repeats: true },
      { key: 'Enter', run: () => begin(chosen?.target) },
    ],
    inside,
  );

  return (
    <Overlay title={t('counter.new')} inside={inside} onClose={props.onClose}>
      <div className="filing-choose" data-screen="choose">
        <div>
          <label htmlFor={`${id}t`}>{t('filing.ticketLabel')}</label>
          <input
            id={`${id}t`}
            className="st-field"
            // biome-ignore lint/a11y/noAutofocus: the ticket is the first thing a person at the window shows.
            autoFocus
            autoComplete="off"
            maxLength={12}
            value={ticket}
            onChange={(event) => setTicket(event.target.value)}
          />
        </div>
        <div>
          <label htmlFor={`${id}s`}>{t('filing.what')}</label>
          <input
            id={`${id}s`}
            className="st-field"
            autoComplete="off"
            role="combobox"
            aria-expanded={!elsewhere}
            aria-controls={`${id}l`}
            aria-describedby={`${id}n`}
            aria-activedescendant={
              elsewhere || chosen === undefined ? undefined : `${id}${chosen.target.id}`
            }
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
          />
          <p id={`${id}n`} className="quiet">
            {t(elsewhere ? 'filing.takeOverNote' : 'filing.codeNote')}
          </p>
        </div>
        <div id={`${id}l`} role="listbox" hidden={elsewhere} aria-label={t('filing.what')}>
          {found.map((entry) => (
            <div
              key={entry.target.id}
              id={`${id}${entry.target.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={entry === chosen}
              onClick={() => begin(entry.target)}
              onKeyDown={(event) => {
                if (event.key === ' ') begin(entry.target);
              }}
            >
              <b>{localText(entry.name, language)}</b>
              <span className="quiet">
                {props.names.departmentShort(entry.departments[0] ?? '')}
                {entry.items > 1 && `，${t('filing.items', { count: entry.items })}`}
              </span>
            </div>
          ))}
        </div>
        {found.length === 0 && !elsewhere && (
          <p className="st-empty">{t('filing.noneFound', { text })}</p>
        )}
        {props.fault !== undefined && (
          <p className="st-fault" role="alert">
            {props.fault}
          </p>
        )}
        <Act
          name={t(elsewhere ? 'filing.takeOver' : 'filing.begin')}
          keys={['Enter']}
          tone="primary"
          busy={props.busy}
          why={chosen === undefined && !elsewhere ? t('filing.chooseFirst') : undefined}
          onPress={() => begin(chosen?.target)}
        />
      </div>
    </Overlay>
  );
}
