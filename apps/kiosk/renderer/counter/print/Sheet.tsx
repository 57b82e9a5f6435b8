import type { ReactNode } from 'react';

/** A sheet for the printer: hidden on the screen, alone on the paper. Papers are zh-CN, whatever the page speaks. */
export function Sheet(props: {
  readonly title: string;
  readonly number: string;
  readonly children: ReactNode;
  readonly foot: readonly string[];
}): ReactNode {
  return (
    <article className="print-sheet" lang="zh-CN" dir="ltr" aria-hidden="true">
      <h1>{props.title}</h1>
      <p className="print-number">{props.number}</p>
      {props.children}
      <footer>
        {props.foot.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </footer>
    </article>
  );
}

export function Line(props: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="print-line">
      <b>{props.name}</b>
      <span>{props.children}</span>
    </div>
  );
}
