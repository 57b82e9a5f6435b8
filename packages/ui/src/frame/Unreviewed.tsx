import { useTranslation } from 'react-i18next';
import { isUnreviewed } from '../language/start.ts';
import { useSurroundings } from '../setting/surroundings.tsx';

/** Says so where no native reader has gone over the language yet. */
export function Unreviewed() {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  if (!isUnreviewed(language)) return null;
  return <p className="unreviewed">{t('common:unreviewed')}</p>;
}
