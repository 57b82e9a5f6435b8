import { FrameContext, type Settings, Surround } from '@tongban/ui';
import { useMemo } from 'react';
import { PhoneProvider } from './device/PhoneState.tsx';
import { Boundary } from './frame/Boundary.tsx';
import { HomeLine } from './frame/HomeLine.tsx';
import { OwnProvider, useOwnState } from './own/OwnState.tsx';
import { go } from './route/useRoute.ts';
import { Screens } from './Screens.tsx';
import { rememberSettings } from './settings/remembered.ts';

/** The whole app: how the screen is set, the phone that opens behind it, and the screen of the address. */
export function App({ settings }: { readonly settings: Settings }) {
  return (
    <Boundary>
      <Surround place="phone" initial={settings} onChange={rememberSettings}>
        <PhoneProvider>
          <OwnProvider>
            <Framed />
          </OwnProvider>
        </PhoneProvider>
      </Surround>
    </Boundary>
  );
}

function Framed() {
  const own = useOwnState();
  const asOf = own?.cases
    .flatMap(({ known }) => (known === undefined ? [] : [known.asOf]))
    .toSorted()
    .at(-1);
  const frame = useMemo(
    () => ({ line: <HomeLine asOf={asOf} />, onHelp: () => go({ at: 'help' }) }),
    [asOf],
  );
  return (
    <FrameContext value={frame}>
      <Screens />
    </FrameContext>
  );
}
