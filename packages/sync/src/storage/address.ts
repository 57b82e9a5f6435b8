import { base64url, type FileAddress, sha256 } from '@tongban/core';

/** Whether these bytes are what the address names. */
export async function isAddressOf(address: FileAddress, bytes: Uint8Array): Promise<boolean> {
  return base64url(await sha256(bytes)) === address;
}

/** Other bytes under an address are a bug of the caller: the centre would refuse them later, when nobody is there. */
export async function requireAddressOf(address: FileAddress, bytes: Uint8Array): Promise<void> {
  if (!(await isAddressOf(address, bytes))) throw new Error(`These bytes are not ${address}`);
}
