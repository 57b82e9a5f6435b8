import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sealedFiles, syncFolder } from './sealedFile.ts';

const { subtle } = webcrypto;

/**
 * The keys of one terminal, held by main. On the disk every key is sealed (AES-256-GCM) under the terminal's
 * master key, which comes from outside this folder: systemd's credential store or the platform's key ring.
 */
export interface Vault {
  terminalKey(): Promise<JsonWebKey>;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  issuingPublicKey(): Promise<Uint8Array>;
  issuingSign(bytes: Uint8Array): Promise<Uint8Array>;
  issuingChain(): Promise<readonly Uint8Array[] | undefined>;
  keepIssuingChain(chain: readonly Uint8Array[]): Promise<void>;
  storeKey(): Promise<Uint8Array>;
  createVisitKey(visit: string): Promise<Uint8Array>;
  openVisitKey(visit: string): Promise<Uint8Array | undefined>;
  destroyVisitKey(visit: string): Promise<void>;
  visits(): Promise<readonly string[]>;
}

/** Opens the vault in `folder`. Throws when a sealed key does not open: a wrong master key must not make new keys. */
export async function openVault(folder: string, masterKey: Uint8Array): Promise<Vault> {
  const { writeSealed, readSealed } = sealedFiles(masterKey);
  const visitsFolder = join(folder, 'visits');
  await mkdir(visitsFolder, { recursive: true, mode: 0o700 });

  const terminal = await signingKey('terminal');
  const issuing = await signingKey('issuing');

  async function signingKey(name: string) {
    const place = join(folder, `${name}.key`);
    let pkcs8 = await readSealed(place, name);
    if (pkcs8 === undefined) {
      const pair = (await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
        'sign',
        'verify',
      ])) as webcrypto.CryptoKeyPair;
      pkcs8 = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
      await writeSealed(place, name, pkcs8);
    }
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
    // Read once as extractable only to learn the public half; the key that stays is not.
    const {
      d: _secret,
      key_ops: _ops,
      ext: _ext,
      ...publicJwk
    } = await subtle.exportKey(
      'jwk',
      await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
    );
    const privateKey = await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
    pkcs8.fill(0);
    const publicKey = await subtle.importKey('jwk', publicJwk, algorithm, true, ['verify']);
    return {
      privateKey,
      publicJwk,
      spki: new Uint8Array(await subtle.exportKey('spki', publicKey)),
    };
  }

  async function sign(key: webcrypto.CryptoKey, bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes));
  }

  async function secretOf(place: string, name: string): Promise<Uint8Array> {
    const known = await readSealed(place, name);
    if (known !== undefined) return known;
    const fresh = new Uint8Array(randomBytes(32));
    await writeSealed(place, name, fresh);
    return fresh;
  }

  /** File names tell nothing: the visit's own name is inside, sealed. */
  function visitPlace(visit: string): string {
    return join(visitsFolder, createHash('sha256').update(visit).digest('hex').slice(0, 32));
  }

  /** A visit's key that no longer opens was being destroyed when the power went: it is gone, as it should be. */
  async function readVisit(place: string): Promise<Uint8Array | undefined> {
    try {
      return await readSealed(place, 'visit');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== undefined) throw cause;
      return undefined;
    }
  }

  return {
    terminalKey: async () => terminal.publicJwk,
    sign: (bytes) => sign(terminal.privateKey, bytes),
    issuingPublicKey: async () => issuing.spki,
    issuingSign: (bytes) => sign(issuing.privateKey, bytes),
    async issuingChain() {
      const json = await readSealed(join(folder, 'issuing.chain'), 'issuing-chain');
      if (json === undefined) return undefined;
      const chain = JSON.parse(Buffer.from(json).toString()) as readonly string[];
      return chain.map((der) => new Uint8Array(Buffer.from(der, 'base64')));
    },
    keepIssuingChain: (chain) =>
      writeSealed(
        join(folder, 'issuing.chain'),
        'issuing-chain',
        Buffer.from(JSON.stringify(chain.map((der) => Buffer.from(der).toString('base64')))),
      ),
    storeKey: () => secretOf(join(folder, 'store.key'), 'store'),
    async createVisitKey(visit) {
      const key = new Uint8Array(randomBytes(32));
      await writeSealed(visitPlace(visit), 'visit', Buffer.concat([key, Buffer.from(visit)]));
      return key;
    },
    async openVisitKey(visit) {
      return (await readVisit(visitPlace(visit)))?.slice(0, 32);
    },
    async destroyVisitKey(visit) {
      const place = visitPlace(visit);
      try {
        // Overwriting in place is best effort on flash; the seal under the master key is what counts.
        const file = await open(place, 'r+');
        await file.write(randomBytes((await file.stat()).size), 0, undefined, 0);
        await file.sync();
        await file.close();
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw cause;
      }
      await rm(place);
      await syncFolder(visitsFolder);
    },
    async visits() {
      const names: string[] = [];
      for (const file of await readdir(visitsFolder)) {
        const visit = file.endsWith('.new') ? undefined : await readVisit(join(visitsFolder, file));
        if (visit === undefined) await rm(join(visitsFolder, file), { force: true });
        else names.push(Buffer.from(visit.subarray(32)).toString());
      }
      return names;
    },
  };
}
