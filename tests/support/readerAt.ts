import { type SamHands, simulatedSam } from '@tongban/core/reader';
import { openPseudoTerminal, type PseudoTerminal } from './pseudoTerminal.ts';

/** A simulated card reader that a program opens as a device, moved by hand. */
export interface ReaderAt {
  readonly path: string;
  readonly hands: Omit<SamHands, 'plug'>;
  /** Unplugs it, and with it the device it was; or plugs it in again under the same path. */
  plug(plugged: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Opens it at `path`, which must be free. */
export async function readerAt(path: string): Promise<ReaderAt> {
  const { connect, hands } = simulatedSam();
  let terminal: PseudoTerminal | undefined;
  const plug = async (plugged: boolean) => {
    if (plugged === (terminal !== undefined)) return;
    await terminal?.line.close();
    terminal = plugged ? await openPseudoTerminal(path) : undefined;
    if (terminal !== undefined) connect(terminal.line);
  };
  await plug(true);
  return { path, hands, plug, close: () => plug(false) };
}
