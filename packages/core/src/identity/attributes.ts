/** What evidence can say about a person; a dictionary field names one of these in `from`. */
export const identityAttributes = [
  'name',
  'residentId',
  'birthDate',
  'sex',
  'ethnicity',
  'address',
  'issuedBy',
  'validUntil',
  'documentNumber',
  'nationality',
] as const;
export type IdentityAttribute = (typeof identityAttributes)[number];
