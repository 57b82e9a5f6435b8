import { describe, expect, it } from 'vitest';
import { systemRandom } from '../ports/random.ts';
import { openFile, sealFile } from './file.ts';

const plain = new TextEncoder().encode('新生儿出生医学信息页');
const sealed = () => sealFile(plain, 'image/jpeg', systemRandom);

describe('a sealed file', () => {
  it('opens to what it was', async () => {
    const { file, ciphertext } = await sealed();
    expect(await openFile(file, ciphertext)).toEqual({ ok: true, value: plain });
    expect(file).toMatchObject({ type: 'image/jpeg', size: plain.length });
    expect(file.address).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is another one each time, even for the same bytes', async () => {
    const [one, other] = [await sealed(), await sealed()];
    expect(one.address).not.toBe(other.address);
    expect(one.file.digest).toBe(other.file.digest);
  });

  it('may be empty', async () => {
    const { file, ciphertext } = await sealFile(new Uint8Array(), 'image/png', systemRandom);
    expect(await openFile(file, ciphertext)).toEqual({ ok: true, value: new Uint8Array() });
  });

  it('does not open when a single byte of it changed', async () => {
    const { file, ciphertext } = await sealed();
    for (let at = 0; at < ciphertext.length; at++) {
      const changed = ciphertext.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await openFile(file, changed)).toEqual({ ok: false, error: 'wrong-address' });
    }
  });

  it('does not open with another key, or as another file', async () => {
    const one = await sealed();
    const other = await sealFile(plain.slice(1), 'image/jpeg', systemRandom);
    const mixed = { ...one.file, key: other.file.key };
    expect(await openFile(mixed, one.ciphertext)).toEqual({ ok: false, error: 'cannot-decrypt' });
    const claimed = { ...one.file, digest: other.file.digest };
    expect(await openFile(claimed, one.ciphertext)).toEqual({ ok: false, error: 'wrong-digest' });
    const nonsense = { ...one.file, key: '%' };
    expect(await openFile(nonsense, one.ciphertext)).toEqual({
      ok: false,
      error: 'cannot-decrypt',
    });
  });
});
