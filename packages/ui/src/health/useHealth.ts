import { useEffect, useState } from 'react';
import { loadTexts } from '../language/start.ts';

/** How often it is looked at while somebody may be looking, in ms. */
const lookAgain = 10_000;

/** How this device stands, from the first look on; its words are there by then. */
export function useHealth<H>(device: { readonly health: () => Promise<H> }): H | undefined {
  const [report, setReport] = useState<H>();
  useEffect(() => {
    let over = false;
    const look = async () => {
      await loadTexts('terminal');
      const found = await device.health();
      if (!over) setReport(found);
    };
    void look();
    const timer = setInterval(() => void look(), lookAgain);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [device]);
  return report;
}
