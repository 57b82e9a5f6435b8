import { type BitMatrix, GlobalHistogramBinarizer, RGBLuminanceSource } from '@zxing/library';
import { blackGlobally, blackLocally } from './black.ts';
import type { Frame } from './frame.ts';
import { type Relief, reliefOf } from './relief.ts';

/** How grey becomes black and white: by neighbourhood, or by one threshold for the whole picture. */
export type Threshold = 'local' | 'global';

/** A picture in black and white for the library's readers. Single rows, for bar codes, are left to the library: each has its own threshold. */
export class BlackAndWhite extends GlobalHistogramBinarizer {
  readonly #frame: Frame;
  readonly #threshold: Threshold;
  #relief: Relief | undefined;
  #matrix: BitMatrix | undefined;

  constructor(frame: Frame, threshold: Threshold) {
    const { data, width, height } = frame;
    const bytes = new Uint8ClampedArray(
      data.buffer as ArrayBuffer,
      data.byteOffset,
      data.byteLength,
    );
    super(new RGBLuminanceSource(bytes, width, height));
    this.#frame = frame;
    this.#threshold = threshold;
  }

  get relief(): Relief {
    this.#relief ??= reliefOf(this.#frame);
    return this.#relief;
  }

  override getBlackMatrix(): BitMatrix {
    this.#matrix ??=
      this.#threshold === 'local'
        ? blackLocally(this.#frame, this.relief)
        : blackGlobally(this.#frame, this.relief);
    return this.#matrix;
  }
}
