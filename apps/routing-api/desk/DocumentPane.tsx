import {
  Key,
  type StaffClient,
  type StaffDocument,
  type StaffFault,
  Viewer,
} from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The right column: the signed page, or the material that is looked at. */
export function DocumentPane(props: {
  readonly client: StaffClient;
  readonly caseNumber: string;
  readonly documents: readonly StaffDocument[];
  readonly shown: StaffDocument | undefined;
  readonly page: number;
  readonly pages: number;
  onDocument(address: string): void;
  onTurn(by: number): void;
  onPages(pages: number): void;
  onFault(fault: StaffFault): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { documents, shown, page, pages } = props;
  if (shown === undefined) {
    return (
      <section className="desk-doc" aria-label={t('viewer.title')}>
        <h2>{t('viewer.title')}</h2>
        <p className="st-sheet st-sheet-empty">{t('viewer.none')}</p>
      </section>
    );
  }
  return (
    <section className="desk-doc" aria-label={t('viewer.title')}>
      <div className="desk-doc-head">
        <h2>
          {shown.title}
          {pages > 1 && <span>　{t('viewer.page', { page, pages })}</span>}
        </h2>
        {pages > 1 && (
          <span className="desk-turn">
            <button
              type="button"
              aria-label={t('viewer.before')}
              aria-keyshortcuts="["
              aria-disabled={page === 1}
              onClick={() => props.onTurn(-1)}
            >
              <Key>[</Key>
            </button>
            <button
              type="button"
              aria-label={t('viewer.after')}
              aria-keyshortcuts="]"
              aria-disabled={page === pages}
              onClick={() => props.onTurn(1)}
            >
              <Key>]</Key>
            </button>
          </span>
        )}
      </div>
      <Viewer
        client={props.client}
        caseNumber={props.caseNumber}
        document={shown}
        page={page}
        onPages={props.onPages}
        onFault={props.onFault}
      />
      {documents.length > 1 && (
        <nav className="desk-docs" aria-label={t('viewer.all')}>
          {documents.map((one) => (
            <button
              key={one.address}
              type="button"
              aria-current={one.address === shown.address ? 'true' : undefined}
              onClick={() => props.onDocument(one.address)}
            >
              {one.title}
            </button>
          ))}
        </nav>
      )}
    </section>
  );
}
