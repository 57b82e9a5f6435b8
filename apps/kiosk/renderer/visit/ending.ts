import { takeNewVersion } from '../keptPage.ts';

/**
 * The last step of ending: this document goes, with everything it held in memory. In Electron main destroys the
 * renderer's process and opens a fresh one; in a browser a real navigation replaces the document.
 */
export function freshPage(): void {
  if (window.tongban !== undefined) void window.tongban.endVisit();
  else void takeNewVersion().then(() => location.replace(location.href));
}
