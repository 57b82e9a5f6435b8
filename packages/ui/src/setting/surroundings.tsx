import type { Language } from '@tongban/core';
import { createContext, type ReactNode, use, useLayoutEffect, useMemo, useState } from 'react';
import { changeLanguage, direction } from '../language/start.ts';

export type Place = 'kiosk' | 'phone' | 'counter' | 'desk';
export const themes = ['light', 'dark', 'hc-light', 'hc-dark'] as const;
export type Theme = (typeof themes)[number];

/** How the screen is set for the person in front of it. Nothing of it outlives a visit on a kiosk. */
export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  /** Large print and fewer choices a screen. */
  readonly elder: boolean;
  /** Reads each screen aloud. */
  readonly sound: boolean;
  /** Everything in the lower half, for who sits. */
  readonly lowered: boolean;
}

export interface Surroundings extends Settings {
  readonly place: Place;
  change(settings: Partial<Settings>): Promise<void>;
}

const Context = createContext<Surroundings | undefined>(undefined);

/** Where this screen stands and how it is set. */
export function useSurroundings(): Surroundings {
  const surroundings = use(Context);
  if (surroundings === undefined) throw new Error('useSurroundings outside of <Surround>');
  return surroundings;
}

export const plainSettings: Settings = {
  language: 'zh-CN',
  theme: 'light',
  elder: false,
  sound: false,
  lowered: false,
};

interface SurroundProps {
  readonly place: Place;
  readonly initial?: Partial<Settings>;
  /** Called after each change, where a device may remember its own settings. */
  readonly onChange?: (settings: Settings) => void;
  readonly children: ReactNode;
}

/** Holds the settings and writes them on `<html>`, where the tokens read them. */
export function Surround({ place, initial, onChange, children }: SurroundProps) {
  const [settings, setSettings] = useState<Settings>({ ...plainSettings, ...initial });

  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.place = place;
    root.dataset.theme = settings.theme;
    root.toggleAttribute('data-elder', settings.elder);
    root.toggleAttribute('data-lowered', settings.lowered);
    root.lang = settings.language;
    root.dir = direction(settings.language);
  }, [place, settings]);

  const surroundings = useMemo<Surroundings>(
    () => ({
      ...settings,
      place,
      async change(next) {
        // The texts first: a screen must not show one language set in another's direction.
        if (next.language !== undefined && next.language !== settings.language)
          await changeLanguage(next.language);
        const changed = { ...settings, ...next };
        setSettings(changed);
        onChange?.(changed);
      },
    }),
    [place, settings, onChange],
  );

  return <Context value={surroundings}>{children}</Context>;
}
