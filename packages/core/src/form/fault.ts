/** Why an answer cannot stand. Each has a sentence in the locale files under `fault.<reason>`. */
export type FieldFault =
  | 'required'
  | 'too-long'
  | 'not-a-name'
  | 'id-length'
  | 'id-characters'
  | 'id-check-digit'
  | 'id-birth-date'
  | 'uscc-characters'
  | 'uscc-check-digit'
  | 'not-a-date'
  | 'date-in-future'
  | 'not-a-choice'
  | 'not-a-mobile'
  | 'not-a-bank-card'
  | 'not-a-region'
  | 'not-an-amount';
