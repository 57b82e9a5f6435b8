import { type IconName, icons } from './paths.ts';

/** An icon beside words; never the only bearer of meaning, so it is hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  const icon: { d: string; directed?: boolean } = icons[name];
  return (
    <svg
      className={icon.directed ? 'icon icon-directed' : 'icon'}
      viewBox="0 0 32 32"
      aria-hidden="true"
    >
      <path d={icon.d} />
    </svg>
  );
}
