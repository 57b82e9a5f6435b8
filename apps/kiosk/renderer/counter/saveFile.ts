import type { TongbanBridge } from '../../bridge.ts';

type Save = (name: string, parts: readonly Uint8Array<ArrayBuffer>[]) => Promise<boolean>;

/** In a browser: a download, which the browser puts where the person has set it to. */
export const downloadFile: Save = async (name, parts) => {
  const address = URL.createObjectURL(new Blob([...parts], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read it only after this turn; a minute later every one of them has.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
};

/** In Electron downloads are refused: main asks the person where, and writes there and nowhere else. */
export function bridgeSave(bridge: Pick<TongbanBridge, 'saveExport'>): Save {
  return async (name, parts) => {
    const bytes = new Uint8Array(await new Blob([...parts]).arrayBuffer());
    return bridge.saveExport(name, bytes);
  };
}
