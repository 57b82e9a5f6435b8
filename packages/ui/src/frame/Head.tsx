import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFrame } from './frame.ts';

/** Whose machine, what for, and how the line stands. Never touched. */
export function Head({ what }: { readonly what?: ReactNode }) {
  const { t } = useTranslation();
  const { line } = useFrame();
  return (
    <header className="head">
      <span className="head-mark" lang="zh-CN">
        {t('common:name')}
      </span>
      {what && <span className="head-what">{what}</span>}
      {line}
    </header>
  );
}
