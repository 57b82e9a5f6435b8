/** An ID number as it may stand on a screen in a hall: region and check digits only. */
export function maskedId(number: string): string {
  return number.length < 8 ? number : `${number.slice(0, 2)}${'*'.repeat(14)}${number.slice(-2)}`;
}
