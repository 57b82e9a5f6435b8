import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';

/** The way as people see it. Review and signing are one stage: read it, then sign. */
export const stepNames = ['identity', 'path', 'questions', 'materials', 'sign', 'receipt'] as const;

/** Where we are, what is done, what is left. */
export function Steps({ now }: { readonly now: number }) {
  const { t } = useTranslation();
  return (
    <ol className="steps" aria-label={t('common:steps.label')}>
      {stepNames.map((name, index) => (
        <li
          key={name}
          className={index < now ? 'done' : index === now ? 'now' : undefined}
          aria-current={index === now ? 'step' : undefined}
        >
          <span>{index + 1}</span>
          <span>{t(`common:steps.${name}`)}</span>
          {index < now && (
            <>
              <Icon name="check" />
              <span className="spoken">{t('common:steps.done')}</span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
