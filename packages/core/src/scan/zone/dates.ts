/** The oldest that a holder is taken for, in years. */
const oldest = 115;

/**
 * A birth date from YYMMDD. Its century is the last in which it is not to come; `sure` is false where the one before is
 * possible too, as with a child and somebody of a hundred. Undefined where the date is unknown or is none.
 */
export function birthOf(
  text: string,
  now: Date,
): { readonly date: string; readonly sure: boolean } | undefined {
  const today = now.toISOString().slice(0, 10);
  const century = Math.floor(now.getUTCFullYear() / 100);
  const inCentury = (hundreds: number) => iso(`${hundreds}${text}`);
  const late = inCentury(century);
  if (late !== undefined && late <= today) {
    const early = inCentury(century - 1);
    const age = now.getUTCFullYear() - Number(early?.slice(0, 4));
    return { date: late, sure: early === undefined || age > oldest };
  }
  const date = inCentury(century - 1);
  return date === undefined ? undefined : { date, sure: true };
}

/** A date of expiry from YYMMDD: zones are younger than the century. */
export function expiryOf(text: string): string | undefined {
  return iso(`20${text}`);
}

function iso(digits: string): string | undefined {
  if (!/^\d{8}$/.test(digits)) return undefined;
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? undefined : date;
}
