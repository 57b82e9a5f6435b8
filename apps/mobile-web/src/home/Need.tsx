import { Icon, shortDate, useLocal, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { materialName, nameOf } from '../own/names.ts';
import { askedOf } from '../own/stage.ts';
import type { OwnCase } from '../own/useOwn.ts';
import { Link } from '../route/Link.tsx';

/** What waits for this person, before everything else. */
export function Need({ cases }: { readonly cases: readonly OwnCase[] }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const asked = cases.flatMap((own) => {
    const request = askedOf(own.known?.cases);
    return request === undefined ? [] : [{ own, request }];
  });
  const [first] = asked.toSorted((a, b) => a.request.until.localeCompare(b.request.until));
  if (first === undefined) return null;
  const { own, request } = first;
  const material = request.materials.map((id) => local(materialName(catalogue, id)));
  return (
    <Link className="p-need" to={{ at: 'case', receipt: own.receipt.number }}>
      <span>{t('phone:need.count', { count: asked.length })}</span>
      <b>
        {material.length === 0
          ? t('phone:need.answer')
          : t('phone:need.material', { material: material.join(t('phone:and')) })}
      </b>
      <span>
        {t('phone:need.until', {
          name: local(nameOf(catalogue, own.receipt.target)),
          date: shortDate(request.until, language),
        })}
      </span>
      <Icon name="forward" />
    </Link>
  );
}
