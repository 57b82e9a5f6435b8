/** The id that the simulated security module gives: 16 letters, which no real one has. */
export const simulatedSamId = Uint8Array.from('TONGBANSIMULATED', (letter) => letter.charCodeAt(0));
/** What evidence names a simulated reader by. */
export const simulatedDevice = 'simulated';

/**
 * The 16 bytes of a security module's id as readers and their labels show them: two numbers of two bytes, three of four,
 * little-endian, `05.01-20130427-0000000001-0000000002`. A simulator is named as one.
 */
export function samIdText(id: Uint8Array): string {
  if (id.length === simulatedSamId.length && id.every((byte, at) => byte === simulatedSamId[at]))
    return simulatedDevice;
  const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
  const digits = (value: number, width: number) => String(value).padStart(width, '0');
  const [maker, kind] = [view.getUint16(0, true), view.getUint16(2, true)];
  const [day, ...serial] = [4, 8, 12].map((at) => view.getUint32(at, true));
  return [
    `${digits(maker, 2)}.${digits(kind, 2)}`,
    digits(day ?? 0, 8),
    ...serial.map((part) => digits(part, 10)),
  ].join('-');
}
