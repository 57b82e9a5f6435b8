import { shippedCatalogue } from '@tongban/catalogue';
import {
  base64url,
  type Catalogue,
  type Envelope,
  type FileAddress,
  sha256,
  systemClock,
  systemRandom,
  uuid,
} from '@tongban/core';
import { browserVault, openDevice } from '@tongban/sync';
import { inRounds } from '../measuring/rounds.ts';
import { openBare } from './bare.ts';
import { draftOf } from './draft.ts';

declare global {
  interface Window {
    measureSaving: typeof measureSaving;
  }
}

export interface SavingPlan {
  readonly warmUp: number;
  readonly rounds: number;
  /** Bytes of one photograph's ciphertext. */
  readonly photograph: number;
}

export type SavingFigures = Readonly<
  Record<'draft' | 'bareDraft' | 'photograph' | 'envelope' | 'bareEnvelope', readonly number[]>
>;

/** The device of a kiosk without a line, so that nothing but the saving is under way. */
async function measureSaving(plan: SavingPlan): Promise<SavingFigures> {
  const device = await openDevice({
    app: 'kiosk',
    vault: await browserVault('kiosk'),
    clock: systemClock,
    random: systemRandom,
    fetch: () => Promise.reject(new TypeError('no line')),
    origin: '',
    shippedCatalogue: shippedCatalogue as Catalogue,
  });
  const { drafts } = await device.openVisit();
  const bare = await openBare();
  return inRounds(plan, async (time, index) => {
    const draft = draftOf(index);
    required(await time('draft', () => drafts.save(draft)));
    await time('bareDraft', () => bare.put([draft]));

    const photograph = await ciphertext(plan.photograph);
    required(await time('photograph', () => drafts.putFile(photograph.address, photograph.bytes)));

    const files = new Map<FileAddress, Uint8Array>();
    for (const size of [plan.photograph, plan.photograph, 60_000]) {
      const file = await ciphertext(size);
      files.set(file.address, file.bytes);
    }
    const envelope = envelopeOf([...files.keys()]);
    const number = draft.receiptNumber;
    required(await time('envelope', () => device.outbox.put(envelope, number, files)));
    await time('bareEnvelope', () => bare.put([envelope, ...files.values()]));
  });
}

window.measureSaving = measureSaving;

async function ciphertext(size: number): Promise<{ address: FileAddress; bytes: Uint8Array }> {
  const bytes = new Uint8Array(size);
  // The browser gives at most 65,536 random bytes at a time.
  for (let at = 0; at < size; at += 65_536) {
    bytes.set(systemRandom.bytes(Math.min(65_536, size - at)), at);
  }
  return { address: base64url(await sha256(bytes)) as FileAddress, bytes };
}

function envelopeOf(files: readonly FileAddress[]): Envelope {
  return {
    protocol: 1,
    submissionId: uuid(systemRandom),
    kind: 'application',
    manifestHash: base64url(systemRandom.bytes(32)),
    terminal: base64url(systemRandom.bytes(32)),
    files: [...files],
    jwe: base64url(systemRandom.bytes(12_000)),
  };
}

function required(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error('Nothing was saved.');
}
