import type { Plan } from '@tongban/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Local, useLocal } from '../language/Local.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney } from './journey.ts';
import { layOut } from './trackLayout.ts';

const rowHeight = { kiosk: 82, other: 64 };
const step = { kiosk: 48, other: 26 };

/** The items in their order, with the lines of what waits for what, and who does each in how many days. */
export function Track({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { place, elder } = useSurroundings();
  const { catalogue } = useJourney().place;
  const size = place === 'kiosk' ? 'kiosk' : 'other';
  const row = rowHeight[size];
  const gap = step[size];
  const nodes = layOut(plan.items.map(({ item, after }) => ({ id: item.id, after })));
  const depth = Math.max(...nodes.map((node) => node.depth));
  const x = (level: number) => gap / 2 + level * gap;
  const y = (index: number) => row / 2 + index * row;
  const radius = size === 'kiosk' ? 22 : 12;
  const width = x(depth) + radius + 2;

  return (
    <>
      <h2 className="section-title track-title">
        {t('journey:path.order')}
        <span>{t('journey:path.orderNote')}</span>
      </h2>
      <div
        className="track"
        style={{ '--track': `${width + (elder ? 12 : 24)}px` } as CSSProperties}
      >
        <svg width={width} height={row * nodes.length} aria-hidden="true">
          {nodes.map((node) =>
            node.parents.map((parent) => (
              <path
                key={`${parent}-${node.index}`}
                d={`M${x(nodes[parent]?.depth ?? 0)} ${y(parent)}V${y(node.index)}H${x(node.depth)}`}
              />
            )),
          )}
          {nodes.map((node) => (
            <g key={node.index} className={node.depth === 0 ? 'first' : undefined}>
              <circle cx={x(node.depth)} cy={y(node.index)} r={radius} />
              <text x={x(node.depth)} y={y(node.index)} dy="0.35em">
                {node.index + 1}
              </text>
            </g>
          ))}
        </svg>
        <ol>
          {plan.items.map(({ item }) => {
            const department = catalogue.departments.find((each) => each.id === item.department);
            return (
              <li key={item.id} style={{ height: row }}>
                <b>
                  <Local text={item.name} />
                </b>
                <span>{department && local(department.short)}</span>
                <span>
                  {item.time.promised === 0
                    ? t('common:days.sameDay')
                    : t('common:days.working', { count: item.time.promised })}
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </>
  );
}
