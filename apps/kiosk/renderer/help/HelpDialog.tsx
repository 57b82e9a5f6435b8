import type { LocalText, Plan } from '@tongban/core';
import {
  Dialog,
  Icon,
  OwnHealth,
  type Theme,
  useFrame,
  useLocal,
  useSurroundings,
} from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useSession, useVisitState } from '../visit/SessionProvider.tsx';

/** Contrast that can be chosen here; the dark theme is the phone's. */
const contrasts: readonly Theme[] = ['light', 'hc-light', 'hc-dark'];

/** A person within one touch, and what can be set to see and reach better. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { hall, spot } = useFrame();
  const { theme, change } = useSurroundings();
  const { visit, terminal } = useSession();
  const state = useVisitState();
  const snapshot = state.context.opened?.visit.snapshot();
  const unfinished =
    state.matches('applying') && snapshot !== undefined && snapshot.receipt === undefined;
  const connected = terminal.device.line.state().at === 'connected';

  return (
    <Dialog name="help" heading={t('kiosk:help.heading')} onClose={onClose}>
      <p className="help-say">
        {t('kiosk:help.say')} <b>{[hall, spot].filter(Boolean).join(' ')}</b>
      </p>
      <p className="quiet">{t('kiosk:help.say2')}</p>
      <ul className="help-ways">
        {unfinished && (
          <li>
            <button
              type="button"
              disabled={!connected}
              onClick={() => {
                onClose();
                visit.send({ type: 'give' });
              }}
            >
              <Icon name="phone" />
              <span>
                <b>{t('kiosk:help.give')}</b>
                <small>{t(connected ? 'kiosk:help.giveNote' : 'kiosk:help.giveCut')}</small>
              </span>
            </button>
          </li>
        )}
      </ul>
      {snapshot && <Numbers plan={snapshot.plan} />}
      <h3 className="help-title">{t('kiosk:help.contrast')}</h3>
      <div className="help-contrasts">
        {contrasts.map((each) => (
          <button
            key={each}
            type="button"
            className="second"
            data-theme={each}
            aria-pressed={theme === each}
            onClick={() => void change({ theme: each })}
          >
            {theme === each && <Icon name="check" />}
            {t(`kiosk:help.theme.${each}`)}
          </button>
        ))}
      </div>
      <details className="help-machine">
        <summary>{t('terminal:own.staff')}</summary>
        <OwnHealth device={terminal.device} />
      </details>
    </Dialog>
  );
}

/** Whom to call about these services, and where to complain about how they were done. */
function Numbers({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation();
  const items = plan.items.map(({ item }) => item);
  const enquiries = [...new Set(items.map(({ enquiry }) => enquiry))];
  const complaints = [...new Set(items.map(({ complaint }) => complaint))];
  return (
    <dl className="help-numbers">
      {enquiries.map((number) => (
        <div key={number}>
          <dt>
            <Listed>
              {items.filter(({ enquiry }) => enquiry === number).map(({ name }) => name)}
            </Listed>
          </dt>
          <dd>
            <bdi>{number}</bdi>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('kiosk:help.complaint')}</dt>
        <dd>
          <bdi>{complaints.join(t('kiosk:and'))}</bdi>
        </dd>
      </div>
    </dl>
  );
}

function Listed({ children }: { readonly children: readonly LocalText[] }) {
  const { t } = useTranslation();
  const local = useLocal();
  return t('kiosk:help.enquiry', { names: children.map(local).join(t('kiosk:and')) });
}
