const eightHours = 8 * 60 * 60 * 1000;

/** The calendar date in China (UTC+8 all year) at an instant, `YYYY-MM-DD`, whatever zone the machine is set to. */
export function chinaDate(instant: Date): string {
  return new Date(instant.getTime() + eightHours).toISOString().slice(0, 10);
}
