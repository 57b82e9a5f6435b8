/** What is wrong with a catalogue. Each code has a test that breaks a good catalogue in just that way. */
export type CatalogueFaultCode =
  | 'schema'
  | 'duplicate'
  | 'unknown-field'
  | 'unknown-department'
  | 'unknown-event'
  | 'unknown-item'
  | 'unknown-attribute'
  | 'unknown-choice'
  | 'circle'
  | 'choices-missing'
  | 'choices-unused'
  | 'not-asked'
  | 'asked-later'
  | 'last-rule'
  | 'unreachable-rule'
  | 'gap'
  | 'read-from'
  | 'immediate'
  | 'promise'
  | 'visits'
  | 'delivery'
  | 'payment'
  | 'same-number'
  | 'process'
  | 'certificate'
  | 'order'
  | 'shared-differs'
  | 'asked-twice';

export interface CatalogueFault {
  /** Where, by id: `/items/residence-permit/questions/basis`. */
  readonly path: string;
  readonly code: CatalogueFaultCode;
  /** For whoever writes the catalogue, in English. */
  readonly message: string;
}
