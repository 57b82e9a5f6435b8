import { type ReactNode, useState } from 'react';
import { credentialOf, simulatedCards } from '../devices/cards.ts';
import type { ScannerHands } from '../devices/simulatedScanner.ts';

/** The hand scanner of the panel: any text, or the code of a made-up person. */
export function ScannerPart({ scanner }: { readonly scanner: ScannerHands }) {
  const [text, setText] = useState('');
  return (
    <section>
      <h2>Hand scanner (simulated)</h2>
      <input
        aria-label="Code to scan"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Trigger onPull={() => void scanner.send(text)}>Scan over the serial line</Trigger>
      <Trigger onPull={() => scanner.type(text)}>Scan as keys</Trigger>
      {simulatedCards.map((each) => (
        <Trigger key={each.id} onPull={() => void scanner.send(credentialOf(each))}>
          Scan code: <span lang="zh-CN">{each.attributes.name}</span>
        </Trigger>
      ))}
    </section>
  );
}

/** Leaves the focus where it is: a scanner has none. */
function Trigger(props: { readonly onPull: () => void; readonly children: ReactNode }) {
  return (
    <button
      type="button"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onPull()}
    >
      {props.children}
    </button>
  );
}
