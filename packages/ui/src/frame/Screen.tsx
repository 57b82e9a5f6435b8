import { type ReactNode, useEffect, useRef } from 'react';
import { Lines } from '../language/Lines.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useReadAloud } from '../sound/useReadAloud.ts';
import { Foot } from './Foot.tsx';
import { useFrame } from './frame.ts';
import { Head } from './Head.tsx';
import { PhoneHead } from './PhoneHead.tsx';
import { Scroller } from './Scroller.tsx';
import { Steps } from './Steps.tsx';
import { Unreviewed } from './Unreviewed.tsx';

export interface ScreenProps {
  /** Names the screen for tests: `data-screen`. */
  readonly name: string;
  /** Tells one screen from the next of the same name, so that focus and scroll begin anew. */
  readonly instance?: string;
  /** What the person is applying for. */
  readonly what?: ReactNode;
  /** Position on the way, from 0; left out off the way. */
  readonly step?: number;
  readonly eyebrow?: readonly ReactNode[];
  readonly heading: ReactNode;
  readonly lead?: ReactNode;
  /** Beside the heading. */
  readonly drawing?: ReactNode;
  readonly children?: ReactNode;
  /** Next step and other ways on. */
  readonly act?: ReactNode;
  /** Back; left out where there is nothing to go back to, then its place stays empty. */
  readonly onBack?: () => void;
  /** Shape of the middle: `sheet` gives the document the whole width in landscape. */
  readonly shape?: 'plain' | 'sheet';
  readonly endLabel?: string;
}

/** One screen: read above, touch below; back, help and end always in the same place. */
export function Screen(props: ScreenProps) {
  const { name, instance = name, heading, eyebrow, lead, drawing, shape = 'plain' } = props;
  const { place } = useSurroundings();
  const { onHelp, onEnd } = useFrame();
  const title = useRef<HTMLHeadingElement>(null);
  const root = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen, not a new title, takes the focus
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    if (place === 'phone') scrollTo(0, 0);
  }, [name, instance]);
  useReadAloud(root, `${name} ${instance}`);

  return (
    <div className="screen" data-screen={name} data-shape={shape} ref={root}>
      {place === 'phone' ? (
        <PhoneHead {...props} />
      ) : (
        <>
          <Head what={props.what} />
          {props.step !== undefined && <Steps now={props.step} />}
        </>
      )}
      <Unreviewed />
      <main className="main" key={instance}>
        <div className="say">
          <div className="say-words">
            {eyebrow && eyebrow.length > 0 && (
              <p className="eyebrow">
                {eyebrow.map((part, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the parts have fixed places
                  <span key={index}>{part}</span>
                ))}
              </p>
            )}
            <h1 ref={title} tabIndex={-1}>
              {typeof heading === 'string' ? <Lines>{heading}</Lines> : heading}
            </h1>
            {lead && <div className="lead">{lead}</div>}
          </div>
          {drawing}
        </div>
        <Scroller>{props.children}</Scroller>
        {props.act && <div className="act">{props.act}</div>}
      </main>
      {place !== 'phone' && (
        <Foot
          onHelp={onHelp}
          {...(props.onBack && { onBack: props.onBack })}
          {...(onEnd && { onEnd })}
          {...(props.endLabel !== undefined && { endLabel: props.endLabel })}
        />
      )}
    </div>
  );
}
