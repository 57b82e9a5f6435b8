import { type Frame, luminance } from '@tongban/core/scan';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';

/**
 * The grey picture in a PNG or JPEG file, told apart by its first bytes; undefined when it is neither.
 * @throws Error when the file is torn.
 */
export function pictureFrom(file: Buffer): Frame | undefined {
  if (file.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) {
    const { data, width, height } = PNG.sync.read(file);
    return luminance(data, width, height);
  }
  if (file[0] === 0xff && file[1] === 0xd8) {
    const limits = { maxResolutionInMP: 200, maxMemoryUsageInMB: 2048 };
    const { data, width, height } = jpeg.decode(file, { useTArray: true, ...limits });
    return luminance(data, width, height);
  }
  return undefined;
}
