/** The reader at the machine and the card coming down on it. Steps between two positions; still with reduced motion. */
export function ReaderDrawing({ label }: { readonly label: string }) {
  return (
    <svg
      className="reader-drawing"
      viewBox="0 0 932 580"
      role="img"
      aria-label={label}
      fill="none"
      stroke="var(--ink)"
      strokeWidth="3"
    >
      <path d="M60 528h812" stroke="var(--edge)" strokeWidth="2" />
      <path d="M176 528l72-128h436l72 128z" fill="var(--paper)" />
      <path d="M176 528v24h580v-24" />
      <path d="M262 504l42-84h324l42 84z" stroke="var(--action)" strokeWidth="5" />
      <path
        d="M430 486c22-12 50-12 72 0M404 470c36-22 88-22 124 0M380 454c48-30 124-30 172 0"
        stroke="var(--action)"
        strokeWidth="4"
      />
      <path
        d="M290 100V36h352v64M290 68h352"
        stroke="var(--edge)"
        strokeWidth="2"
        strokeDasharray="8 8"
      />
      <g className="reader-card">
        <path d="M290 100h352v222H290z" fill="var(--sheet)" strokeWidth="4" />
        <path d="M524 128h90v114h-90z" fill="var(--wash)" stroke="var(--action)" />
        <circle cx="569" cy="170" r="18" stroke="var(--action)" />
        <path d="M537 242c4-40 60-40 64 0" stroke="var(--action)" />
        <path d="M318 142h64M318 174h132M318 206h176M318 238h150" stroke="var(--edge)" />
        <path d="M318 290h296" strokeWidth="6" />
      </g>
      <path d="M466 338v48M446 368l20 20 20-20" stroke="var(--action)" strokeWidth="5" />
    </svg>
  );
}
