import { ok, type Result, type StoreFailure } from '@tongban/core';
import { useState } from 'react';
import { DifferenceScreen } from './DifferenceScreen.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { MaterialScreen } from './MaterialScreen.tsx';
import { MaterialsScreen } from './MaterialsScreen.tsx';
import { differenceKey, type MaterialRow, materialRows } from './materials.ts';

interface MaterialsStepProps {
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly busy: boolean;
}

/** The list, one material, or one difference: whichever the person is at. */
export function MaterialsStep({ onBack, onNext, busy }: MaterialsStepProps) {
  const { visit } = useJourney();
  const snapshot = useSnapshot(visit);
  const [open, setOpen] = useState<string>();
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const rows = materialRows(snapshot, settled);
  const row = rows.find((each) => each.material.id === open);

  if (row === undefined)
    return (
      <MaterialsScreen
        rows={rows}
        onOpen={(each) => setOpen(each.material.id)}
        onBack={onBack}
        onNext={onNext}
        busy={busy}
      />
    );

  const close = () => setOpen(undefined);
  const takeBack = async ({ material, held }: MaterialRow): Promise<Result<void, StoreFailure>> => {
    for (const file of held?.files ?? []) {
      const taken = await visit.detach(material.id, file.address);
      if (!taken.ok) return taken;
    }
    return ok(undefined);
  };
  const [difference] = row.differences;
  if (row.state === 'differs' && difference !== undefined)
    return (
      <DifferenceScreen
        row={row}
        onBack={close}
        onSettled={close}
        onLeave={() => {
          setSettled(new Set(settled).add(differenceKey(difference)));
          close();
        }}
        onRetake={() => takeBack(row)}
      />
    );

  const toGive = rows.filter((each) => each.state !== 'exempt');
  return (
    <MaterialScreen
      row={row}
      index={Math.max(0, toGive.indexOf(row))}
      all={toGive.length}
      onBack={close}
      onDone={close}
    />
  );
}
