import { useEffect, useRef, useState } from 'react';

/** Milliseconds that keys stay after their field was left: longer than a touch, so that nothing moves under it. */
const linger = 300;

/** Whether the keys of a field are up. They come at once and go a moment late. */
export function useKeysUp(): readonly [boolean, (up: boolean) => void] {
  const [up, setUp] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [
    up,
    (next) => {
      clearTimeout(timer.current);
      if (next) setUp(true);
      else timer.current = setTimeout(() => setUp(false), linger);
    },
  ];
}
