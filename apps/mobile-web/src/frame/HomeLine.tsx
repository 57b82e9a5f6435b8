import type { LineState, OutboxEntry } from '@tongban/core';
import { underWay, useLine, useOutbox, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import type { Phone } from '../device/openPhone.ts';
import { usePhoneState } from '../device/PhoneState.tsx';
import { momentWord } from '../own/when.ts';

/** How the line stands, in one sentence; without one, how old is what is on the screen. */
export function HomeLine({ asOf }: { readonly asOf: string | undefined }) {
  const { t } = useTranslation();
  const state = usePhoneState();
  if (state.at === 'ready') return <Told phone={state.phone} asOf={asOf} />;
  return <Ring on={false}>{t(`phone:line.${state.at}`)}</Ring>;
}

function Told({ phone, asOf }: { readonly phone: Phone; readonly asOf: string | undefined }) {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const line = useLine(phone.device.line);
  const outbox = useOutbox(phone.device.outbox);
  const key = sentence(line, outbox, asOf);
  const time = asOf === undefined ? '' : momentWord(asOf, new Date(), language, t);
  const part = key === 'sending' ? underWay(outbox.map((entry) => entry.state)) : undefined;
  if (part !== undefined)
    return <Ring on>{t('common:line.sendingPart', { count: onTheWay(outbox), ...part })}</Ring>;
  return (
    <Ring on={line.at === 'connected'}>
      {t(`phone:line.${key}`, { time, count: onTheWay(outbox) })}
    </Ring>
  );
}

function Ring({ on, children }: { readonly on: boolean; readonly children: string }) {
  return (
    <span className={on ? 'line line-on' : 'line'} role="status">
      <span>{children}</span>
    </span>
  );
}

function onTheWay(outbox: readonly OutboxEntry[]): number {
  return outbox.filter(({ state }) => state.at === 'saved' || state.at === 'sending').length;
}

function sentence(
  line: LineState,
  outbox: readonly OutboxEntry[],
  asOf: string | undefined,
): string {
  switch (line.at) {
    case 'unknown':
      return 'looking';
    case 'connected':
      if (outbox.some(({ state }) => state.at === 'saved' && state.waits !== undefined))
        return 'closed';
      if (line.tooOld) return 'tooOld';
      return onTheWay(outbox) > 0 ? 'sending' : 'connected';
    case 'cut':
      if (line.why === 'not-the-centre') return 'notTheCentre';
      if (line.why === 'server-fault') return 'serverFault';
      return asOf === undefined ? 'cut' : 'cutAsOf';
  }
}
