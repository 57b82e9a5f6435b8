import { answerSupplement, longestReply, type Material, type Receipt } from '@tongban/core';
import {
  loadTexts,
  Mini,
  Primary,
  prepareFile,
  Screen,
  Second,
  useLocal,
  useSurroundings,
} from '@tongban/ui';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { useCatalogue } from '../device/useCatalogue.ts';
import { nameOf } from '../own/names.ts';
import { type Asked, askedOf } from '../own/stage.ts';
import { back, go } from '../route/useRoute.ts';
import { PrivateWords } from './PrivateWords.tsx';
import { useCase } from './useCase.ts';

interface SupplementScreenProps {
  readonly number: string;
  readonly caseNumber: string;
}

/**
 * Answers a supplement notice: a photograph or file for each material that is asked for, then off it goes. A notice of
 * words alone is answered in words, with any material that helps, or with both.
 */
export function SupplementScreen({ number, caseNumber }: SupplementScreenProps) {
  const { t } = useTranslation();
  const found = useCase(number);
  if (found === 'looking') return null;
  const asked =
    found === 'none'
      ? undefined
      : askedOf(found.cases?.filter((status) => status.caseNumber === caseNumber));
  if (found === 'none' || asked === undefined)
    return (
      <Screen
        name="supplement"
        heading={t('phone:supplement.none')}
        lead={t('phone:supplement.noneLead')}
        onBack={back}
      />
    );
  return <Answer receipt={found.receipt} asked={asked} />;
}

/** A picture or PDF that is about to be handed in. */
interface Chosen {
  readonly id: string;
  readonly material: string;
  readonly bytes: Uint8Array;
  readonly picture: string | undefined;
}

function Answer({ receipt, asked }: { readonly receipt: Receipt; readonly asked: Asked }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const { visits } = usePhone();
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const [sent, setSent] = useState(false);
  const [words, setWords] = useState('');
  const materials = useMaterials(asked);
  const inWords = asked.materials.length === 0;
  const complete = inWords
    ? words.trim() !== '' || chosen.length > 0
    : materials.every(({ id }) => chosen.some(({ material }) => material === id));
  useFreed(chosen);

  const add = async (material: Material, file: File) => {
    setBusy(true);
    setFault(undefined);
    const prepared = await prepareFile(file);
    setBusy(false);
    if (!prepared.ok) return setFault(`fault:attach.${prepared.error}`);
    const { bytes, pixels } = prepared.value;
    const picture =
      pixels === undefined
        ? undefined
        : URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'image/jpeg' }));
    setChosen((before) => [
      ...before,
      { id: crypto.randomUUID(), material: material.id, bytes, picture },
    ]);
  };

  const send = async () => {
    setBusy(true);
    setFault(undefined);
    const answered = await answerSupplement(
      { receipt, caseNumber: asked.status.caseNumber, language, text: words },
      chosen,
      visits.ports(),
    );
    setBusy(false);
    if (answered.ok) setSent(true);
    else setFault(`phone:supplement.fault.${answered.error}`);
  };

  if (sent)
    return (
      <Screen
        name="supplement-sent"
        heading={t('phone:supplement.sent')}
        lead={t('phone:supplement.sentLead')}
        act={
          <Primary
            icon="check"
            onPress={() => go({ at: 'case', receipt: receipt.number }, { replace: true })}
          >
            {t('phone:supplement.back')}
          </Primary>
        }
      />
    );

  return (
    <Screen
      name="supplement"
      what={local(nameOf(catalogue, asked.status.item))}
      heading={t(inWords ? 'phone:need.answer' : 'phone:supplement.heading')}
      lead={t(inWords ? 'phone:supplement.wordsLead' : 'phone:supplement.lead')}
      onBack={back}
      act={
        <Primary busy={busy} disabled={!complete} onPress={() => void send()}>
          {t('phone:supplement.send')}
        </Primary>
      }
    >
      {fault !== undefined && (
        <p className="fault" role="alert">
          {t(fault)}
        </p>
      )}
      {inWords && (
        <>
          <PrivateWords receipt={receipt} caseNumber={asked.status.caseNumber} />
          <WordsPart words={words} onWords={setWords} />
          <p className="p-quiet">{t('phone:supplement.orFile')}</p>
        </>
      )}
      {materials.map((material) => (
        <MaterialPart
          key={material.id}
          material={material}
          files={chosen.filter((file) => file.material === material.id)}
          busy={busy}
          onFile={(file) => void add(material, file)}
          onRemove={(id) => setChosen((before) => before.filter((file) => file.id !== id))}
        />
      ))}
    </Screen>
  );
}

interface WordsPartProps {
  readonly words: string;
  readonly onWords: (words: string) => void;
}

function WordsPart({ words, onWords }: WordsPartProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t('phone:supplement.words')}
      </label>
      <textarea
        id={id}
        className="typed-area"
        rows={4}
        maxLength={longestReply}
        value={words}
        onChange={(event) => onWords(event.target.value)}
      />
    </div>
  );
}

interface MaterialPartProps {
  readonly material: Material;
  readonly files: readonly Chosen[];
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
  readonly onRemove: (id: string) => void;
}

function MaterialPart({ material, files, busy, onFile, onRemove }: MaterialPartProps) {
  const { t } = useTranslation();
  const local = useLocal();
  const name = local(material.name);
  const full = files.length >= material.maxFiles;
  return (
    <section className="p-section">
      <h2 className="p-sec">{name}</h2>
      <p className="p-quiet">{local(material.acceptance)}</p>
      <ul className="p-files">
        {files.map((file, index) => (
          <li key={file.id}>
            {file.picture === undefined ? (
              <span>{t('phone:supplement.pdf')}</span>
            ) : (
              <img src={file.picture} alt={t('phone:supplement.picture', { name })} />
            )}
            <Mini
              icon="bin"
              label={t('phone:supplement.removeOne', { name, index: index + 1 })}
              onPress={() => onRemove(file.id)}
            >
              {t('phone:supplement.remove')}
            </Mini>
          </li>
        ))}
      </ul>
      {!full && (
        <div className="p-pair">
          <Pick
            icon="camera"
            label={t('phone:supplement.take')}
            accept="image/*"
            capture
            busy={busy}
            onFile={onFile}
          />
          <Pick
            icon="folder"
            label={t('phone:supplement.file')}
            accept="image/*,application/pdf"
            busy={busy}
            onFile={onFile}
          />
        </div>
      )}
    </section>
  );
}

interface PickProps {
  readonly icon: 'camera' | 'folder';
  readonly label: string;
  readonly accept: string;
  readonly capture?: boolean;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}

/** The phone's own camera, or its files. */
function Pick({ icon, label, accept, capture, busy, onFile }: PickProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Second icon={icon} busy={busy} onPress={() => input.current?.click()}>
        {label}
      </Second>
      <input
        ref={input}
        // The button stands for it, for the eye and for the ear.
        hidden
        type="file"
        accept={accept}
        {...(capture && { capture: 'environment' })}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}

/** The materials of a notice; where it names none, all of the item: any of them may be the answer. */
function useMaterials(asked: Asked): readonly Material[] {
  const catalogue = useCatalogue();
  useEffect(() => void loadTexts('fault'), []);
  const item = catalogue.items.find(({ id }) => id === asked.status.item);
  const named = (id: string) => asked.materials.length === 0 || asked.materials.includes(id);
  return item?.materials.filter(({ id }) => named(id)) ?? [];
}

/** Gives the memory of pictures back that are no longer on the screen. */
function useFreed(chosen: readonly Chosen[]): void {
  const shown = useRef(chosen);
  useEffect(() => {
    for (const { id, picture } of shown.current)
      if (picture !== undefined && !chosen.some((file) => file.id === id))
        URL.revokeObjectURL(picture);
    shown.current = chosen;
  }, [chosen]);
  useEffect(
    () => () => {
      for (const { picture } of shown.current)
        if (picture !== undefined) URL.revokeObjectURL(picture);
    },
    [],
  );
}
