/** What the readers know, by the names that people and the command line use. */
export const formats = ['qr', 'pdf417', 'data-matrix', 'aztec', 'code-128', 'ean-13'] as const;
export type Format = (typeof formats)[number];
