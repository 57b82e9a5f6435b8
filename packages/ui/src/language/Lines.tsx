import { Fragment } from 'react';
import { useSurroundings } from '../setting/surroundings.tsx';

/** A heading with its line breaks. Where a layout has no use for them, Chinese closes up and others keep a space. */
export function Lines({ children }: { readonly children: string }) {
  const { language } = useSurroundings();
  return children.split('\n').map((line, index) => (
    <Fragment key={line}>
      {index > 0 && (
        <>
          <br />
          {language === 'zh-CN' ? '' : ' '}
        </>
      )}
      {line}
    </Fragment>
  ));
}
