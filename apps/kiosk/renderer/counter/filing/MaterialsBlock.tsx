import type { AttachFailure, Clock, Material, TrustList, Visit } from '@tongban/core';
import { prepareFile, scanPicture } from '@tongban/ui';
import { type Names, readingsOf, Tick } from '@tongban/ui/staff';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVisit } from './useVisit.ts';

type Trouble = AttachFailure | 'not-allowed';

/** Materials with what was handed in; a file is added here, a secondary one may be promised. */
export function MaterialsBlock(props: {
  readonly visit: Visit;
  readonly names: Names;
  readonly trust: () => TrustList;
  readonly clock: Clock;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { visit } = props;
  const { materials, draft, differences } = useVisit(visit);
  const needed = materials.filter((one) => one.needed);
  if (needed.length === 0) return <p className="st-empty">{t('material.none')}</p>;
  return (
    <table className="st-form filing-materials">
      <caption className="spoken">{t('material.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('material.title')}</th>
          <th scope="col">{t('material.state')}</th>
          <th scope="col">{t('material.weight')}</th>
          <th scope="col">
            <span className="spoken">{t('answers.state')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {needed.map(({ material, exempt }) => (
          <MaterialLine
            key={material.id}
            {...props}
            material={material}
            exempt={exempt}
            held={draft.materials[material.id]}
            differs={differences.filter((one) => one.material === material.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

function MaterialLine(props: {
  readonly visit: Visit;
  readonly names: Names;
  readonly trust: () => TrustList;
  readonly clock: Clock;
  readonly material: Material;
  readonly exempt: boolean;
  readonly held: ReturnType<Visit['snapshot']>['draft']['materials'][string] | undefined;
  readonly differs: ReturnType<Visit['snapshot']>['differences'];
}): ReactNode {
  const { t } = useTranslation('staff');
  const { visit, names, material, exempt, held, differs } = props;
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const name = names.material(material.id);
  const files = held?.files ?? [];
  const promised = held?.state === 'promised';
  const there = exempt || files.length > 0;

  async function add(file: File) {
    setBusy(true);
    setTrouble(undefined);
    const prepared = await prepareFile(file);
    if (!prepared.ok) setTrouble(prepared.error);
    else {
      const picture = prepared.value.pixels !== undefined && material.compare.length > 0;
      const codes = picture
        ? await scanPicture(new Blob([prepared.value.bytes as Uint8Array<ArrayBuffer>]))
        : undefined;
      const readings = codes?.ok
        ? await readingsOf(codes.value, material, { clock: props.clock, trust: props.trust() })
        : {};
      const kept = await visit.attach(material.id, prepared.value.bytes, file.name, readings);
      if (!kept.ok) setTrouble(kept.error);
    }
    setBusy(false);
  }

  async function told(outcome: ReturnType<Visit['promise'] | Visit['detach']>) {
    const kept = await outcome;
    setTrouble(kept.ok ? undefined : kept.error);
  }

  return (
    <tr className={there && differs.length === 0 ? undefined : 'st-gap'}>
      <th scope="row">{name}</th>
      <td>
        <span className="filing-held">
          {exempt && files.length === 0 && t('material.exempt')}
          {promised && t('gap.days', { count: material.gapDays ?? 0 })}
          {files.map((file) => (
            <span key={file.address} className="filing-file">
              {file.name}
              <button
                type="button"
                className="st-link"
                onClick={() => void told(visit.detach(material.id, file.address))}
              >
                {t('filing.remove')}
                <span className="spoken">{t('filing.of', { name: file.name })}</span>
              </button>
            </span>
          ))}
          {files.length < material.maxFiles && (
            <>
              <button
                type="button"
                className="filing-add"
                aria-busy={busy}
                onClick={() => chooser.current?.click()}
              >
                {t(files.length === 0 ? 'filing.add' : 'filing.addMore')}
                <span className="spoken">{t('filing.of', { name })}</span>
              </button>
              <input
                ref={chooser}
                hidden
                type="file"
                accept="image/jpeg,image/png,application/pdf"
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  event.target.value = '';
                  if (file !== undefined) void add(file);
                }}
              />
            </>
          )}
          {!there && !promised && material.gapDays !== undefined && (
            <button
              type="button"
              className="filing-add"
              onClick={() => void told(visit.promise(material.id))}
            >
              {t('filing.promise', { count: material.gapDays })}
              <span className="spoken">{t('filing.of', { name })}</span>
            </button>
          )}
        </span>
        {differs.map((one) => (
          <p className="filing-fault" key={one.field}>
            {t('filing.differs', {
              field: names.field(one.field),
              material: one.onMaterial,
              form: one.onForm,
            })}
          </p>
        ))}
        {trouble !== undefined && (
          <p className="filing-fault" role="alert">
            {t(`fault:attach.${trouble}`, { count: material.maxFiles })}
          </p>
        )}
      </td>
      <td className="st-source">{t(`material.${material.weight}`)}</td>
      <td className="st-mark-cell">
        {differs.length > 0 && <b>{t('register.differs')}</b>}
        {differs.length === 0 && there && <Tick words={t('answers.fine')} />}
        {!there && <b>{t(promised ? 'material.later' : 'material.lacks')}</b>}
      </td>
    </tr>
  );
}
