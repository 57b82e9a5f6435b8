import type { AttachFailure } from '@tongban/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FileTrouble, prepareFile } from '../camera/resize.ts';
import { FileButton, Shutter, StillView, useStill } from '../camera/StillCamera.tsx';
import { Primary, Second } from '../control/Button.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Local, useLocal } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { scanPicture } from '../scan/index.ts';
import { HeldFiles } from './HeldFiles.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import type { MaterialRow } from './materials.ts';
import { judge, type Quality } from './quality.ts';
import { readingsOf } from './readings.ts';
import { useTask } from './useTask.ts';

/** A picture that was taken and waits for the person's word. */
interface Shot {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly quality: Quality;
}

interface MaterialScreenProps {
  readonly row: MaterialRow;
  /** Place among the materials to hand in, from 0, and their number. */
  readonly index: number;
  readonly all: number;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** One material: photograph it or choose a file, look at it, keep it; or promise it where that is allowed. */
export function MaterialScreen({ row, index, all, onBack, onDone }: MaterialScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const local = useLocal();
  const { visit, place } = useJourney();
  const { plan, minutesLeft } = useSnapshot(visit);
  const [shot, setShot] = useState<Shot>();
  const [more, setMore] = useState(false);
  const task = useTask<AttachFailure | FileTrouble | 'not-allowed'>();
  const { material, held } = row;
  const name = local(material.name);
  const files = held?.files ?? [];
  const full = files.length >= material.maxFiles;
  const taking = !full && (files.length === 0 || more) && shot === undefined;

  const still = useStill(taking, ({ jpeg, pixels }) =>
    setShot({ bytes: jpeg, name: `${material.id}.jpg`, quality: judge(pixels) }),
  );

  useEffect(() => (taking ? place.hold('scanning') : undefined), [taking, place]);

  const keep = (bytes: Uint8Array, fileName: string) =>
    task.run(
      async () => {
        const codes =
          fileName.endsWith('.pdf') || material.compare.length === 0
            ? undefined
            : await scanPicture(new Blob([bytes as BlobPart]));
        const readings = codes?.ok ? await readingsOf(codes.value, material, place) : {};
        return visit.attach(material.id, bytes, fileName, readings);
      },
      () => {
        setShot(undefined);
        setMore(false);
        const after = visit.snapshot();
        const differs = after.differences.some((each) => each.material === material.id);
        if (differs || material.maxFiles === 1) onDone();
      },
    );

  const onFile = (file: File) =>
    task.run(
      () => prepareFile(file),
      (prepared) => {
        if (prepared.pixels === undefined) return keep(prepared.bytes, `${material.id}.pdf`);
        setShot({
          bytes: prepared.bytes,
          name: `${material.id}.jpg`,
          quality: judge(prepared.pixels),
        });
      },
    );

  const canPromise =
    material.weight === 'secondary' && material.gapDays !== undefined && files.length === 0;

  return (
    <Screen
      name="material"
      instance={`${material.id} ${shot ? 'shot' : taking ? 'taking' : 'held'}`}
      what={<Local text={plan.name} />}
      step={3}
      eyebrow={[
        t('journey:material.place', { now: index + 1, all }),
        t('journey:minutesLeft', { count: minutesLeft }),
      ]}
      heading={shot ? t('journey:material.check') : name}
      lead={shot ? t('journey:material.checkLead') : <Local text={material.acceptance} />}
      onBack={shot ? () => setShot(undefined) : onBack}
      act={
        shot ? (
          <>
            <Primary busy={task.busy} icon="check" onPress={() => keep(shot.bytes, shot.name)}>
              {t('journey:material.use')}
            </Primary>
            <Second icon="camera" onPress={() => setShot(undefined)}>
              {t('journey:material.again')}
            </Second>
          </>
        ) : taking ? (
          <>
            <Shutter still={still} busy={task.busy} />
            <div className={canPromise ? 'pair' : 'pair pair-one'}>
              <FileButton onFile={onFile} label={t('journey:material.file')} />
              {canPromise && (
                <Second
                  icon="clock"
                  busy={task.busy}
                  onPress={() => task.run(() => visit.promise(material.id), onDone)}
                >
                  {t('journey:material.promise', { count: material.gapDays })}
                </Second>
              )}
            </div>
          </>
        ) : (
          <>
            <Primary onPress={onDone}>{t('journey:material.done')}</Primary>
            {!full && (
              <Second icon="plus" onPress={() => setMore(true)}>
                {t('journey:material.more', { count: material.maxFiles - files.length })}
              </Second>
            )}
          </>
        )
      }
    >
      {task.failure && (
        <p className="fault fault-wide" role="alert">
          <Icon name="attention" />
          <span>{faultWords('attach', task.failure, { count: material.maxFiles })}</span>
        </p>
      )}
      {shot ? (
        <ShotView shot={shot} name={name} />
      ) : taking ? (
        <StillView still={still} name={name} />
      ) : (
        <HeldFiles material={material.id} name={name} files={files} />
      )}
    </Screen>
  );
}

function ShotView({ shot, name }: { readonly shot: Shot; readonly name: string }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([shot.bytes as BlobPart], { type: 'image/jpeg' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [shot]);
  const { sharp, bright, withoutGlare } = shot.quality;
  const marks = [
    { key: 'sharp', good: sharp },
    { key: 'bright', good: bright },
    { key: 'withoutGlare', good: withoutGlare },
  ] as const;
  return (
    <div className="shot-view">
      <div className="shot">
        {url && <img src={url} alt={t('journey:material.photo', { name })} />}
      </div>
      <ul className="marks">
        {marks.map(({ key, good }) => (
          <li key={key} className={good ? undefined : 'marks-bad'}>
            <Icon name={good ? 'check' : 'attention'} />
            {t(`journey:material.${good ? 'good' : 'bad'}.${key}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
