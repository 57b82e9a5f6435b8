/** The present release of the app, the one after it, and one that writes what the present one cannot read. */
export const releases = ['present', 'next', 'later'] as const;
export type Release = (typeof releases)[number];
