import type { DraftFile, StoreFailure } from '@tongban/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mini } from '../control/Button.tsx';
import { Icon } from '../icon/Icon.tsx';
import { timeOfDay } from '../language/format.ts';
import { useFaultWords } from '../language/useFaultWords.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney } from './journey.ts';
import { useTask } from './useTask.ts';

interface HeldFilesProps {
  readonly material: string;
  readonly name: string;
  readonly files: readonly DraftFile[];
}

/** What was handed in of one material, each to be looked at and taken back. */
export function HeldFiles({ material, name, files }: HeldFilesProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { language } = useSurroundings();
  const { visit } = useJourney();
  const task = useTask<StoreFailure>();
  return (
    <>
      {task.failure && (
        <p className="fault fault-wide" role="alert">
          <Icon name="attention" />
          <span>{faultWords('store', task.failure)}</span>
        </p>
      )}
      <ul className="held">
        {files.map((file, index) => (
          <li key={file.address}>
            <Picture
              address={file.address}
              type={file.type}
              label={t('journey:material.pictureOf', { name, number: index + 1 })}
            />
            <div className="held-foot">
              <span>
                {t('journey:material.taken', { time: timeOfDay(file.addedAt, language) })}
              </span>
              <Mini
                icon="bin"
                label={t('journey:material.removeOne', { name, number: index + 1 })}
                disabled={task.busy}
                onPress={() => task.run(() => visit.detach(material, file.address))}
              >
                {t('journey:material.remove')}
              </Mini>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

interface PictureProps {
  readonly address: string;
  readonly type: string;
  readonly label: string;
}

/** A file of the draft, opened for looking at. */
export function Picture({ address, type, label }: PictureProps) {
  const { visit } = useJourney();
  const open = useCallback(() => visit.open(address), [visit, address]);
  return <Shot open={open} type={type} label={label} />;
}

interface ShotProps {
  /** The plain bytes, if they are here; the same function for the same file. */
  readonly open: () => Promise<Uint8Array | undefined>;
  readonly type: string;
  readonly label: string;
}

/** A photograph as it was taken; of a PDF only what it is. */
export function Shot({ open, type, label }: ShotProps) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let gone = false;
    let made: string | undefined;
    void open().then((bytes) => {
      if (gone || bytes === undefined) return;
      made = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
      setUrl(made);
    });
    return () => {
      gone = true;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [open, type]);
  if (type === 'application/pdf')
    return (
      <div className="shot shot-file" role="img" aria-label={label}>
        <Icon name="document" />
        PDF
      </div>
    );
  return <div className="shot">{url && <img src={url} alt={label} />}</div>;
}
