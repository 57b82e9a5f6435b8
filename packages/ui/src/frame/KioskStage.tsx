import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useStage } from '../setting/useStage.ts';
import { useFrame } from './frame.ts';
import { Seal } from './Seal.tsx';

/** The whole panel. Scales the drawing to it; lowered, it keeps the upper half free of anything to touch. */
export function KioskStage({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { lowered } = useSurroundings();
  const { hall, spot } = useFrame();
  const place = useRef<HTMLDivElement>(null);
  const stage = useStage(place);
  return (
    <div className="stage-place" ref={place}>
      {stage && (
        <div
          className="stage"
          data-orientation={stage.orientation}
          style={{ zoom: stage.zoom, width: stage.width, height: stage.height }}
        >
          {lowered && (
            <div className="stage-upper">
              <div className="stage-upper-head">
                <p className="hall">
                  <b>{hall}</b>
                  <span>{spot}</span>
                </p>
                <Seal />
              </div>
              <p className="stage-upper-note">{t('common:tools.loweredNote')}</p>
            </div>
          )}
          {children}
        </div>
      )}
    </div>
  );
}
