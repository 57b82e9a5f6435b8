export { readingsOf } from '../journey/readings.ts';
export { Act, Key } from './Act.tsx';
export { AnswerRows, type StaffAnswerRow, Tick } from './AnswerRows.tsx';
export { answersInOrder } from './answerOrder.ts';
export type { CodeRefusal, StaffByCode } from './byCode.ts';
export { Chain, type ChainLink } from './Chain.tsx';
export {
  type OpenedFile,
  type StaffAnswer,
  type StaffClient,
  type StaffFault,
  staffClient,
} from './client.ts';
export { DecisionForm } from './DecisionForm.tsx';
export { type DisplayChoice, keptDisplay, LanguageChoice, useDisplay } from './Display.tsx';
export {
  type Action,
  beginDecision,
  type Decision,
  type Incomplete,
  incomplete,
  reasonsFor,
  type Shown,
  sendable,
  shownDocuments,
} from './decision.ts';
export { documentsOf, type StaffDocument } from './documents.ts';
export { EvidenceRows } from './EvidenceRows.tsx';
export { faultWords } from './fault.ts';
export { Help, type KeyLine } from './Help.tsx';
export { type KeyBinding, SingleKeys, useKeys } from './keys.ts';
export { MaterialRows, type StaffMaterial } from './MaterialRows.tsx';
export { NoteRows } from './NoteRows.tsx';
export { type Names, namesOf } from './names.ts';
export { Overlay } from './Overlay.tsx';
export type { StaffOffline } from './offline.ts';
export { RecordRows } from './RecordRows.tsx';
export { RegisterRows } from './RegisterRows.tsx';
export { SignIn } from './SignIn.tsx';
export { StaffGate, type StaffSession } from './StaffGate.tsx';
export { type LineWords, Top } from './Top.tsx';
export { TerminalsBoard } from './terminals/TerminalsBoard.tsx';
export { Tray } from './tray/Tray.tsx';
export { type CaseList, type OpenCase, useCase, useCases } from './useCases.ts';
export { useNames } from './useNames.ts';
export { type Search, useSearch } from './useSearch.ts';
export { Viewer } from './Viewer.tsx';
export {
  byUrgency,
  clockStands,
  type DueWords,
  dueWords,
  isConcluded,
  momentOf,
  type StaffText,
} from './words.ts';
