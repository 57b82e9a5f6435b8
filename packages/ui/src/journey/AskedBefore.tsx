import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import { Local } from '../language/Local.tsx';
import { useJourney, useSnapshot } from './journey.ts';

/** What people ask about these services, and the answers; one line until somebody wants to know. */
export function AskedBefore() {
  const { t } = useTranslation();
  const { visit } = useJourney();
  const { plan } = useSnapshot(visit);
  const asked = plan.items.flatMap(({ item }) =>
    item.faq.map((each) => ({ ...each, key: `${item.id} ${each.q['zh-CN']}` })),
  );
  if (asked.length === 0) return null;
  return (
    <details className="asked">
      <summary>
        <span>{t('journey:path.asked', { count: asked.length })}</span>
        <Icon name="down" />
      </summary>
      <dl>
        {asked.map(({ key, q, a }) => (
          <div key={key}>
            <dt>
              <Local text={q} />
            </dt>
            <dd>
              <Local text={a} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
