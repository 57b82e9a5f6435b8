/** Characters by Kangxi radical, those with few strokes first. */
export type Radicals = Readonly<Record<string, string>>;

/** The table comes when somebody first looks for a rare character. */
export async function loadRadicals(): Promise<Radicals> {
  return (await import('./radicals.json')).default;
}

const shapes = [
  ...['人亻', '刀刂', '心忄', '手扌', '攴攵', '水氵', '火灬', '爪爫', '犬犭', '玉王', '示礻'],
  ...['网罒', '肉月', '艸艹', '衣衤', '辵辶', '邑阝', '阜阝', '糸纟', '見见', '言讠', '貝贝'],
  ...['車车', '金钅', '長长', '門门', '韋韦', '頁页', '風风', '食饣', '馬马', '魚鱼', '鳥鸟'],
  ...['麥麦', '黽黾', '齊齐', '齒齿', '龍龙', '龜龟'],
];

/** A radical with the shape that people look for inside of a character: 水 with 氵. */
export function radicalLabel(radical: string): string {
  return shapes.find((pair) => pair.startsWith(radical)) ?? radical;
}
