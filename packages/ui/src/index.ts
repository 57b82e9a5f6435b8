export { Board } from './board/Board.tsx';
export { photograph, prepareFile } from './camera/resize.ts';
export { FileButton, Shutter, StillView, useStill } from './camera/StillCamera.tsx';
export { QrCode } from './code/QrCode.tsx';
export { Squares } from './compare/Squares.tsx';
export { Mini, Primary, Second } from './control/Button.tsx';
export { Dialog } from './dialog/Dialog.tsx';
export { answerInWords } from './form/answerInWords.ts';
export { Choice, type ChoiceOption } from './form/Choice.tsx';
export { Fault } from './form/Fault.tsx';
export { FieldControl } from './form/FieldControl.tsx';
export { FilledRow } from './form/FilledRow.tsx';
export { Keypad } from './form/Keypad.tsx';
export { InDock, KeypadDock, KeypadDockSlot } from './form/KeypadDock.tsx';
export { type Frame, FrameContext, useFrame } from './frame/frame.ts';
export { KioskStage } from './frame/KioskStage.tsx';
export { LanguageDialog } from './frame/LanguageDialog.tsx';
export { LineNote } from './frame/LineNote.tsx';
export { Screen } from './frame/Screen.tsx';
export { Seal } from './frame/Seal.tsx';
export { SoundButton } from './frame/SoundButton.tsx';
export { ElderButton } from './frame/Tools.tsx';
export { Unreviewed } from './frame/Unreviewed.tsx';
export { underWay } from './frame/underWay.ts';
export { useLine, useOutbox } from './frame/useLine.ts';
export { HandScanning, keyboardScanner, useHandScan, wedgeKeys } from './handScanner/index.ts';
export { OwnHealth } from './health/OwnHealth.tsx';
export { useHealth } from './health/useHealth.ts';
export { Icon } from './icon/Icon.tsx';
export type { IconName } from './icon/paths.ts';
export { type Hold, Journey, type JourneyPlace, Shot, useCard, useTask } from './journey/index.ts';
export { longDate, money, shortDate, timeOfDay, weekday } from './language/format.ts';
export { Lines } from './language/Lines.tsx';
export { Local, Own, useLocal } from './language/Local.tsx';
export {
  changeLanguage,
  direction,
  isUnreviewed,
  type LanguageOptions,
  languageNames,
  loadTexts,
  type Namespace,
  namespaces,
  startLanguages,
} from './language/start.ts';
export { PaperViewer } from './paper/PaperViewer.tsx';
export { Chain, type ChainPoint } from './progress/Chain.tsx';
export { credentialOf, type ScannedCode, Scanner, scanPicture } from './scan/index.ts';
export {
  type Place,
  plainSettings,
  type Settings,
  Surround,
  type Surroundings,
  type Theme,
  themes,
  useSurroundings,
} from './setting/surroundings.tsx';
export { SignaturePad } from './signature/SignaturePad.tsx';
export { looksSigned, type Stroke } from './signature/strokes.ts';
