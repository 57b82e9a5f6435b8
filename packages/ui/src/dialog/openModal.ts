/** The dialog that lies over the page now, the topmost of several. */
export function openModal(): HTMLDialogElement | undefined {
  return [...document.querySelectorAll('dialog')].findLast((one) => one.matches(':modal'));
}
