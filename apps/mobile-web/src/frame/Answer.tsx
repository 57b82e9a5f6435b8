import { Icon } from '@tongban/ui';
import type { ReactNode } from 'react';

/** Something to read only for who asks: a heading that unfolds. */
export function Answer({
  heading,
  children,
}: {
  readonly heading: string;
  readonly children: ReactNode;
}) {
  return (
    <details className="p-answer">
      <summary>
        {heading}
        <Icon name="more" />
      </summary>
      {children}
    </details>
  );
}
