import {
  answerSupplement,
  channels,
  type Filing,
  type Language,
  parseReceipt,
  type SupplementFailure,
} from '@tongban/core';
import { prepareFile, useHandScan } from '@tongban/ui';
import { Act, type Names, Overlay, useKeys } from '@tongban/ui/staff';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CounterPlace } from '../filing/filings.ts';
import type { Asked } from './asked.ts';

interface Chosen {
  readonly material: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Trouble = SupplementFailure | 'no-receipt' | 'other-receipt';

/**
 * Takes in what a notice or a promise asked for. Whoever brings it shows the receipt, whose secret opens the case to
 * them; the files leave sealed through the outbox, as everything does.
 */
export function HandIn(props: {
  readonly place: CounterPlace;
  readonly receiptNumber: string;
  readonly asked: readonly Asked[];
  readonly filing: Filing;
  readonly names: Names;
  onDone(): void;
  onClose(): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { place, asked, names } = props;
  const [code, setCode] = useState('');
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  const id = useId();
  const materials = [...new Set(asked.flatMap((one) => one.materials))];

  async function add(material: string, file: File) {
    setTrouble(undefined);
    const prepared = await prepareFile(file);
    if (!prepared.ok) return setTrouble(prepared.error);
    const { bytes } = prepared.value;
    setChosen((all) => [...all, { material, name: file.name, bytes }]);
  }

  async function send() {
    if (busy) return;
    const receipt = parseReceipt(code.trim());
    if (receipt === undefined) return setTrouble('no-receipt');
    if (receipt.number !== props.receiptNumber) return setTrouble('other-receipt');
    if (chosen.length === 0) return setTrouble('nothing');
    setBusy(true);
    setTrouble(undefined);
    for (const one of asked) {
      const files = chosen.filter((file) => one.materials.includes(file.material));
      if (files.length === 0) continue;
      const sent = await answerSupplement(
        {
          receipt,
          caseNumber: one.caseNumber,
          language: i18n.language as Language,
          filing: props.filing,
        },
        files,
        {
          ...place,
          outbox: place.device.outbox,
          catalogue: place.device.catalogue,
          channel: channels.counter,
          centreKey: async () => place.device.centreKey(),
        },
      );
      if (!sent.ok) {
        setBusy(false);
        return setTrouble(sent.error);
      }
    }
    setBusy(false);
    props.onDone();
  }

  useHandScan(
    async ({ meaning }) => {
      if (meaning.kind !== 'receipt') return t('handin.no-receipt');
      if (meaning.receipt.number !== props.receiptNumber) return t('handin.other-receipt');
      setCode(meaning.receipt.code);
      setTrouble(undefined);
      return undefined;
    },
    { within: inside },
  );
  useKeys([{ key: 'Ctrl+Enter', run: () => void send() }], inside);

  return (
    <Overlay title={t('handin.title')} inside={inside} onClose={props.onClose}>
      <div className="filing-choose" data-screen="handin">
        <div>
          <label htmlFor={`${id}r`}>{t('handin.receipt')}</label>
          <input
            id={`${id}r`}
            className="st-field"
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <ul className="handin-list">
          {materials.map((material) => (
            <MaterialLine
              key={material}
              name={names.material(material)}
              files={chosen.filter((one) => one.material === material).map((one) => one.name)}
              onFile={(file) => void add(material, file)}
            />
          ))}
        </ul>
        {trouble !== undefined && (
          <p className="st-fault" role="alert">
            {troubleWords(trouble, t)}
          </p>
        )}
        <Act
          name={t('handin.send')}
          keys={['Ctrl', 'Enter']}
          tone="primary"
          busy={busy}
          why={chosen.length === 0 ? t('handin.nothing') : undefined}
          onPress={() => void send()}
        />
      </div>
    </Overlay>
  );
}

function troubleWords(
  trouble: Trouble,
  t: ReturnType<typeof useTranslation<'staff'>>['t'],
): string {
  switch (trouble) {
    case 'no-receipt':
    case 'other-receipt':
    case 'nothing':
      return t(`handin.${trouble}`);
    case 'centre-unknown':
      return t('fault:submit.centre-unknown');
    default:
      return t(`fault:attach.${trouble}`);
  }
}

function MaterialLine(props: {
  readonly name: string;
  readonly files: readonly string[];
  onFile(file: File): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <li>
      <b>{props.name}</b>
      <span>
        {props.files.map((file, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: files are only ever added, and may share a name.
          <span key={at}>{file}</span>
        ))}
        <button type="button" className="filing-add" onClick={() => chooser.current?.click()}>
          {t(props.files.length === 0 ? 'filing.add' : 'filing.addMore')}
          <span className="spoken">{t('filing.of', { name: props.name })}</span>
        </button>
        <input
          ref={chooser}
          hidden
          type="file"
          accept="image/jpeg,image/png,application/pdf"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) props.onFile(file);
          }}
        />
      </span>
    </li>
  );
}
