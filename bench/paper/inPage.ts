import fontUrl from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import { measurePaper, type PaperFigures } from './measure.ts';

type Plan = Parameters<typeof measurePaper>[2];

declare global {
  interface Window {
    measurePaper(photographs: readonly string[], plan: Plan): Promise<PaperFigures>;
  }
}

window.measurePaper = async (photographs, plan) => {
  const bytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
  return measurePaper(
    { regular: await bytes(fontUrl) },
    await Promise.all(photographs.map(bytes)),
    plan,
  );
};
