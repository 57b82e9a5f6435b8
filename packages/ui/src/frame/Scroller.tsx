import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';

/**
 * The middle of a screen. Where it holds more than fits, a bar says so and turns it by a page: in a hall
 * nobody discovers a scrolling area by chance.
 */
export function Scroller({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { place } = useSurroundings();
  const box = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(false);
  const [long, setLong] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (element === null || place === 'phone') return;
    const look = () => {
      const more = element.scrollHeight - element.clientHeight;
      setLong(more > 0);
      setBelow(more - element.scrollTop > 24);
    };
    // Keys that come up make the room smaller: the field they are for stays in sight.
    const watch = new ResizeObserver(() => {
      look();
      const active = document.activeElement;
      if (active instanceof HTMLInputElement && element.contains(active))
        active.scrollIntoView({ block: 'nearest' });
    });
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [place]);

  return (
    <div className="do">
      {/* A long middle without anything to touch in it must still be turned by keys. */}
      <div className="do-scroll" ref={box} tabIndex={long ? 0 : undefined}>
        <div className="do-content">{children}</div>
      </div>
      {/* Its room stays when the end is reached: nothing may move under a finger. */}
      {long && (
        <button
          type="button"
          className="do-more"
          data-end={!below || undefined}
          onClick={() => box.current?.scrollBy({ top: box.current.clientHeight * 0.8 })}
        >
          {t('common:moreBelow')}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}
