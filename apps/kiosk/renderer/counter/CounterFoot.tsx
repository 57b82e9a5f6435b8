import { type HealthReport, needsOf } from '@tongban/sync/protocol';
import { useHealth } from '@tongban/ui';
import { Key } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CounterPlace } from './filing/filings.ts';
import { keyLine } from './keyGroups.ts';

/** The foot of the page: how this machine stands, and the keys. */
export function CounterFoot(props: {
  readonly place: CounterPlace;
  onTerminals(): void;
  onPin(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const words = useTranslation('terminal').t;
  const report = useHealth(props.place.device);
  const [need] = report === undefined ? [] : ownNeeds(report, props.place);
  return (
    <footer className="counter-keys">
      <button
        type="button"
        className={need === undefined ? 'counter-health' : 'counter-health counter-health-needy'}
        aria-keyshortcuts="T"
        onClick={props.onTerminals}
      >
        {need === undefined ? words('own.well') : words(`need.${need}`)}
        <Key>T</Key>
      </button>
      {props.place.device.staff !== undefined && (
        <button type="button" className="counter-health" onClick={props.onPin}>
          {words('pin.set.open')}
        </button>
      )}
      <div className="counter-keyline" aria-hidden="true">
        {keyLine(t).map(([keys, name]) => (
          <span key={name}>
            <span className="st-key">{keys[0]}</span>
            {name}
          </span>
        ))}
      </div>
    </footer>
  );
}

/** What is wrong here, as far as a machine can tell of itself: whether it is heard, others know better. */
function ownNeeds(report: HealthReport, { clock, device }: CounterPlace) {
  const now = clock.now();
  const line = device.line.state();
  const tooOld = line.at === 'connected' && line.tooOld;
  const needs = needsOf({ heardAt: now.toISOString(), report }, now, device.catalogue().version);
  return tooOld ? (['old-app', ...needs] as const) : needs;
}
