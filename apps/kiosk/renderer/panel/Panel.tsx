import type { PrinterFailure } from '@tongban/core';
import { QrCode } from '@tongban/ui';
import { useState, useSyncExternalStore } from 'react';
import { credentialOf, simulatedCards } from '../devices/cards.ts';
import type { ReaderHands } from '../devices/simulatedReader.ts';
import type { Hands } from '../terminal/terminal.ts';
import { ScannerPart } from './ScannerPart.tsx';
import './panel.css';

/** A message that began and came to nothing. */
const noise = Uint8Array.of(0xff, 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x00, 0x04, 0x00);
const faults = ['out-of-paper', 'cover-open', 'jam', 'no-printer'] as const;

/**
 * Hands for the simulated devices, beside the screen and never part of it: for development and end-to-end tests
 * (`?panel`). Its words are for whoever builds, so they are in English and in no locale file.
 */
export function Panel({ hands }: { readonly hands: Hands }) {
  const [fault, setFault] = useState<PrinterFailure>();
  const [connected, setConnected] = useState(true);
  const slips = useSyncExternalStore(
    (listener) => hands.printer.watch(listener),
    () => hands.printer.slips(),
  );

  return (
    <aside className="panel" aria-label="Simulated devices" lang="en" dir="ltr">
      {hands.reader && <ReaderSection reader={hands.reader} />}
      <section>
        <h2>Codes for the camera</h2>
        {simulatedCards.map((each) => (
          // In a second window, or on a phone, held before the camera.
          <details key={each.id} name="code">
            <summary>
              Show code: <span lang="zh-CN">{each.attributes.name}</span>
            </summary>
            <QrCode
              text={credentialOf(each)}
              label={`Identity code of ${each.attributes.name ?? each.id}`}
            />
          </details>
        ))}
      </section>
      <ScannerPart scanner={hands.scanner} />
      <section>
        <h2>Receipt printer (simulated)</h2>
        {faults.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={fault === each}
            onClick={() => {
              const now = fault === each ? undefined : each;
              hands.printer.set(now);
              setFault(now);
            }}
          >
            Printer: {each}
          </button>
        ))}
        <ol aria-label="Printed slips">
          {slips.map((slip, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: slips lie in the order they came out
            <li key={index}>
              {slip.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
              <output>{slip.qr}</output>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>Line</h2>
        <button
          type="button"
          aria-pressed={!connected}
          onClick={() => {
            hands.line.set(!connected);
            setConnected(!connected);
          }}
        >
          Cut the line
        </button>
      </section>
    </aside>
  );
}

/** Not there when a reader is attached: then a card is put on that one. */
function ReaderSection({ reader }: { readonly reader: ReaderHands }) {
  const [card, setCard] = useState<string>();
  const [plugged, setPlugged] = useState(true);
  return (
    <section>
      <h2>Card reader (simulated)</h2>
      {simulatedCards.map((each) => (
        <button
          key={each.id}
          type="button"
          aria-pressed={card === each.id}
          onClick={() => {
            reader.insert(each);
            setCard(each.id);
          }}
        >
          Insert card: <span lang="zh-CN">{each.attributes.name}</span>
        </button>
      ))}
      <button
        type="button"
        onClick={() => {
          reader.lift();
          setCard(undefined);
        }}
      >
        Lift card
      </button>
      <button type="button" onClick={() => reader.smudge()}>
        Fail next read
      </button>
      <button type="button" onClick={() => reader.noise(noise)}>
        Noise on its line
      </button>
      <button
        type="button"
        aria-pressed={!plugged}
        onClick={() => {
          reader.plug(!plugged);
          setPlugged(!plugged);
        }}
      >
        Unplug reader
      </button>
    </section>
  );
}
