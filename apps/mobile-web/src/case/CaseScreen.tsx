import type { Receipt } from '@tongban/core';
import { spacedCaseNumber } from '@tongban/core';
import { Primary, Screen, Second, useLocal } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { useCatalogue } from '../device/useCatalogue.ts';
import { nameOf } from '../own/names.ts';
import { askedOf } from '../own/stage.ts';
import { back, go } from '../route/useRoute.ts';
import { Notice } from './Notice.tsx';
import { ReceiptCode } from './ReceiptCode.tsx';
import { Timeline } from './Timeline.tsx';
import { useCase } from './useCase.ts';
import { materialsToShow } from './words.ts';

/** One application: what it waits for, how far each of its items is, and its receipt. */
export function CaseScreen({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  const found = useCase(number);
  if (found === 'looking') return null;
  if (found === 'none')
    return (
      <Screen
        name="case"
        heading={t('phone:case.none')}
        lead={t('phone:case.noneLead')}
        onBack={back}
        act={
          <Primary icon="code" onPress={() => go({ at: 'scan' }, { replace: true })}>
            {t('phone:ask.scan')}
          </Primary>
        }
      />
    );
  return <Found receipt={found.receipt} case={found} />;
}

function Found({
  receipt,
  case: found,
}: {
  readonly receipt: Receipt;
  readonly case: Exclude<ReturnType<typeof useCase>, string>;
}) {
  const { t } = useTranslation();
  const local = useLocal();
  const catalogue = useCatalogue();
  const { device, visits } = usePhone();
  const asked = askedOf(found.cases);
  const material = asked === undefined ? '' : materialsToShow(asked, catalogue, local, t);
  const keep = async () => {
    // It is one of one's own from now on: the list of those is looked through anew.
    if ((await device.receipts.keep(receipt)).ok) visits.changed();
  };
  const target = receipt.target || found.cases?.[0]?.bundle || found.cases?.[0]?.item || '';
  return (
    <Screen
      name="case"
      heading={target === '' ? t('phone:case.heading') : local(nameOf(catalogue, target))}
      lead={<bdi className="p-number">{spacedCaseNumber(receipt.number)}</bdi>}
      onBack={back}
      {...(asked !== undefined && {
        act: (
          <Primary
            icon={material === '' ? 'pencil' : 'camera'}
            onPress={() =>
              go({
                at: 'supplement',
                receipt: receipt.number,
                caseNumber: asked.status.caseNumber,
              })
            }
          >
            {material === '' ? t('phone:need.answer') : t('phone:case.supplement', { material })}
          </Primary>
        ),
      })}
    >
      {asked !== undefined && <Notice asked={asked} receipt={receipt} />}
      {found.fault !== undefined && (
        <p className="p-quiet" role="status">
          {t(`phone:case.fault.${found.fault}`)}
        </p>
      )}
      <Timeline receipt={receipt} outbox={found.outbox} cases={found.cases} asOf={found.asOf} />
      {!found.own && receipt.code !== '' && (
        <div className="p-keep">
          <Second icon="plus" onPress={() => void keep()}>
            {t('phone:case.keep')}
          </Second>
        </div>
      )}
      {receipt.code !== '' && <ReceiptCode receipt={receipt} />}
    </Screen>
  );
}
