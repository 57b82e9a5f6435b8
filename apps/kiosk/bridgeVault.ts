import { type KeyVault, type PinLock, terminalIdOf } from '@tongban/core';
import type { TongbanBridge } from './bridge.ts';

/** The terminal's vault as the page sees it: main holds the keys, the page asks over the bridge. */
export function bridgeVault(bridge: TongbanBridge): KeyVault {
  const { vault } = bridge;
  return {
    kind: bridge.demonstration ? 'demonstration' : 'terminal',
    async terminal() {
      const publicJwk = await vault.terminalKey();
      return { id: await terminalIdOf(publicJwk), publicJwk };
    },
    sign: (bytes) => vault.sign(bytes),
    async issuer() {
      const chain = await vault.issuingChain();
      if (chain === undefined) return undefined;
      return { certificate: { chain }, sign: (bytes) => vault.issuingSign(bytes) };
    },
    issuingPublicKey: () => vault.issuingPublicKey(),
    keepIssuingCertificate: (certificate) => vault.keepIssuingChain(certificate.chain),
    storeKey: async () => importOnce(await vault.storeKey()),
    createVisitKey: async (visit) => importOnce(await vault.createVisitKey(visit)),
    async openVisitKey(visit) {
      const raw = await vault.openVisitKey(visit);
      return raw === undefined ? undefined : importOnce(raw);
    },
    destroyVisitKey: (visit) => vault.destroyVisitKey(visit),
    visits: () => vault.visits(),
  };
}

/** PINs as the page sees them: main keeps the count. */
export function bridgePinLock({ pin, demonstration }: TongbanBridge): PinLock {
  return { kind: demonstration ? 'demonstration' : 'terminal', ...pin };
}

/** Takes a raw key into WebCrypto as non-extractable and wipes the copy that crossed the bridge. */
async function importOnce(raw: Uint8Array): Promise<CryptoKey> {
  const bytes = new Uint8Array(raw);
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  bytes.fill(0);
  raw.fill(0);
  return key;
}
