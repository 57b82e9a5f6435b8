export { type ChromiumOptions, type LaunchedChromium, launchChromium } from './chromium.ts';
export { codeFilm } from './codeFilm.ts';
export { type ElectronOptions, type LaunchedElectron, launchElectron } from './electron.ts';
export {
  cardInHand,
  codeInHand,
  filmSize,
  handFilm,
  passportInHand,
  unsteady,
} from './handFilm.ts';
export { type Line, type LineState, startLine } from './line.ts';
export { credentialOf, people } from './people.ts';
export { findPlanted, type Trace } from './planted.ts';
export { type ReaderAt, readerAt } from './readerAt.ts';
export { axe, screenshot } from './screens.ts';
export { copyOfTemplate, startTongban, type Tongban, type TongbanOptions } from './tongban.ts';
export { greyY4m, onWhite, type RgbFrame, y4m } from './y4m.ts';
