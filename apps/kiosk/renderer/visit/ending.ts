import { takeNewVersion } from '../keptPage.ts';

/**
 * The last step of ending: this document goes, with everything it held in memory. In Electron main destroys the
 * renderer's process and opens a fresh one; in a browser a real navigation replaces the document.
 */
export function freshPage(): void {
  if (window.tongban === undefined) void replace();
  // Where main will not, the page goes by itself: it must never stand there with somebody's visit in it.
  else window.tongban.endVisit().catch(() => location.reload());
}

async function replace(): Promise<void> {
  await Promise.race([takeNewVersion(), patience()]);
  location.replace(location.href);
}

/** A newer version that does not come to take over keeps nobody waiting. */
function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5_000));
}
