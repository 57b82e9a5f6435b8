import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../../code/QrCode.tsx';
import { Act } from '../Act.tsx';
import type { PackedTray } from './desk.ts';

/** The file goes onto the stick, the code onto paper or into a telephone: apart, or the file is open to the finder. */
export function Packed(props: {
  readonly packed: PackedTray;
  save(name: string, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean>;
  onSaved(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { packed } = props;
  const [saved, setSaved] = useState<boolean>();

  async function save() {
    // The name tells nothing, and two exports do not meet.
    const done = await props.save(`tongban-${packed.code.slice(-6)}.tbx`, packed.parts);
    setSaved(done);
    if (done) props.onSaved();
  }

  return (
    <section className="st-tray-packed" aria-label={t('tray.code')}>
      <p>{t('tray.packed', { count: packed.packed.length })}</p>
      {packed.lost.length > 0 && <p>{t('tray.lost', { count: packed.lost.length })}</p>}
      {packed.left.length > 0 && <p>{t('tray.left', { count: packed.left.length })}</p>}
      <div className="st-tray-code">
        <QrCode text={packed.code} label={t('tray.code')} />
        <code>{packed.code}</code>
      </div>
      <Act name={t('tray.save')} tone="primary" onPress={() => void save()} />
      {saved !== undefined && <p role="status">{t(saved ? 'tray.saved' : 'tray.notSaved')}</p>}
    </section>
  );
}
