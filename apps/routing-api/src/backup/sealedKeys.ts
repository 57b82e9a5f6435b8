import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDurably } from '../keys/durableFile.ts';
import { BackupRefused } from './refusal.ts';

/** What of the data folder is secret and not in the database, by its path in there. */
export type SecretFiles = Readonly<Record<string, string>>;

/** scrypt (RFC 7914): 128 MB and about half a second for each guess at a passphrase. */
const cost = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const form = 'tongban-keys-1';

interface SealedKeys {
  readonly form: string;
  /** SHA-256 of the manifest of the backup that these keys open. */
  readonly manifest: string;
  readonly salt: string;
  readonly nonce: string;
  readonly sealed: string;
}

/** Reads the keys of a data folder, and whose credentials count. Files that a writer has not finished are left out. */
export async function readSecrets(dataFolder: string): Promise<SecretFiles> {
  const found: Record<string, string> = {};
  const names = await readdir(join(dataFolder, 'keys')).catch(() => [] as string[]);
  for (const name of names.filter((name) => /\.(json|key|pem)$/.test(name)))
    found[`keys/${name}`] = (await readFile(join(dataFolder, 'keys', name))).toString('base64url');
  const issuers = await readFile(join(dataFolder, 'issuers.json')).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (issuers !== undefined) found['issuers.json'] = issuers.toString('base64url');
  if (found['keys/storage.key'] === undefined) throw new BackupRefused('no-centre', dataFolder);
  return found;
}

/** Encrypts keys under a passphrase (scrypt, AES-256-GCM), bound to one manifest. */
export function sealSecrets(secrets: SecretFiles, passphrase: string, manifest: string): string {
  const salt = randomBytes(16).toString('base64url');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(passphrase, salt), nonce);
  cipher.setAAD(Buffer.from(`${form}\n${manifest}\n${salt}`));
  const body = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  const kept: SealedKeys = {
    form,
    manifest,
    salt,
    nonce: nonce.toString('base64url'),
    sealed: Buffer.concat([body, cipher.getAuthTag()]).toString('base64url'),
  };
  return `${JSON.stringify(kept)}\n`;
}

/** Opens keys that belong to this manifest. Throws {@link BackupRefused}. */
export async function openSecrets(
  file: string,
  passphrase: string,
  manifest: string,
): Promise<SecretFiles> {
  const kept = await parsed(file);
  if (kept.manifest !== manifest) throw new BackupRefused('manifest-changed', file);
  const sealed = Buffer.from(kept.sealed, 'base64url');
  const nonce = Buffer.from(kept.nonce, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFrom(passphrase, kept.salt), nonce)
      .setAAD(Buffer.from(`${form}\n${manifest}\n${kept.salt}`))
      .setAuthTag(sealed.subarray(-16));
    const text =
      decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
    return JSON.parse(text) as SecretFiles;
  } catch {
    // A wrong passphrase and an altered file look the same to AES-GCM: the sentence names both.
    throw new BackupRefused('wrong-passphrase', file);
  }
}

/** Puts keys where they were. Those that are there already must be the same: other keys open nothing of this backup. */
export async function placeSecrets(dataFolder: string, secrets: SecretFiles): Promise<void> {
  await mkdir(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 });
  for (const [path, content] of Object.entries(secrets)) {
    if (!/^(keys\/[\w.-]+|issuers\.json)$/.test(path))
      throw new BackupRefused('wrong-passphrase', path);
    const text = Buffer.from(content, 'base64url').toString('utf8');
    const standing = await createDurably(join(dataFolder, path), text);
    // Who may issue is a setting that may have changed since; a key is not.
    if (standing !== text && path.startsWith('keys/') && path !== 'keys/grants.json')
      throw new BackupRefused('other-keys-there', join(dataFolder, path));
  }
}

async function parsed(file: string): Promise<SealedKeys> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new BackupRefused('keys-missing', file);
    throw error;
  });
  try {
    const { form: named, manifest, salt, nonce, sealed } = JSON.parse(text) as SealedKeys;
    if (named === form && [manifest, salt, nonce, sealed].every((part) => typeof part === 'string'))
      return { form: named, manifest, salt, nonce, sealed };
  } catch {
    // Said below, as for a file of another form.
  }
  throw new BackupRefused('wrong-passphrase', file);
}

function keyFrom(passphrase: string, salt: string): Buffer {
  if (passphrase.length < 16) throw new BackupRefused('passphrase-too-short');
  return scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), 32, cost);
}
