import type { LineState, OutboxEntry } from '@tongban/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { underWay } from './underWay.ts';

/** Minutes by which this clock may differ from the centre's before the screen says so. */
const toleratedSkew = 3;

interface LineNoteProps {
  readonly line: LineState;
  readonly outbox: readonly OutboxEntry[];
  /** `home`: nobody's visit. `visit`: something is being filled in. `receipt`: the screen itself says the rest. */
  readonly where: 'home' | 'visit' | 'receipt';
  /** Something of this visit lies on the disk. */
  readonly saved?: boolean;
}

/** How the line stands, in one quiet sentence. A hollow ring means not connected, a filled one connected. */
export function LineNote(props: LineNoteProps) {
  const { t } = useTranslation();
  const connected = props.line.at === 'connected';
  return (
    <span className={connected ? 'line line-on' : 'line'} role="status">
      <span>{sentence(props, t)}</span>
    </span>
  );
}

function sentence({ line, outbox, where, saved }: LineNoteProps, t: TFunction): string {
  if (line.at === 'unknown') return t('common:line.looking');
  if (line.at === 'connected') {
    if (line.tooOld) return t('common:line.tooOld');
    const minutes = Math.round(Math.abs(line.skew) / 60_000);
    if (where === 'home' && isClosed(outbox)) return t('common:line.closed');
    if (minutes > toleratedSkew) return t('common:line.clockWrong', { count: minutes });
    const waiting = outbox.filter(
      (entry) => entry.state.at === 'saved' || entry.state.at === 'sending',
    ).length;
    if (where === 'home' && waiting > 0) {
      const part = underWay(outbox.map(({ state }) => state));
      return part === undefined
        ? t('common:line.sending', { count: waiting })
        : t('common:line.sendingPart', { count: waiting, ...part });
    }
    return t('common:line.connected');
  }
  if (line.why === 'not-the-centre') return t('common:line.notTheCentre');
  if (line.why === 'server-fault') return t('common:line.serverFault');
  if (where === 'receipt') return t('common:line.cut');
  if (where === 'home') return t('common:line.cutHome');
  return saved ? t('common:line.cutSaved') : t('common:line.cutVisit');
}

/** The centre has closed this terminal while something lies here. */
function isClosed(outbox: readonly OutboxEntry[]): boolean {
  return outbox.some(({ state }) => state.at === 'saved' && state.waits === 'terminal-closed');
}
