import {
  base64url,
  type Catalogue,
  type Draft,
  type FileAddress,
  sha256,
  systemClock,
  systemRandom,
} from '@tongban/core';
import type { Device, VisitSpace } from '../device.ts';
import { openDevice } from '../openDevice.ts';
import { browserVault } from '../vault/browserVault.ts';

/**
 * What runs in a second tab: an iframe on the same origin, with its own modules, its own locks and its own connections
 * to the same databases. Removing the iframe is the death of that tab.
 */
export interface Realm {
  /** Opens a device whose centre answers the probe and nothing else; `asked` lists what it asked for. */
  open(app: 'kiosk' | 'phone', catalogue: Catalogue): Promise<void>;
  readonly asked: readonly string[];
  put(submissionId: string): Promise<boolean>;
  outbox(): Promise<readonly string[]>;
  openVisit(id?: string): Promise<string>;
  save(text: string): Promise<string>;
  saved(): Promise<string | undefined>;
  /** Random bytes as a file of the draft. */
  putFile(size: number): Promise<string>;
  endVisit(): Promise<void>;
  close(): Promise<void>;
}

export function makeRealm(): Realm {
  const asked: string[] = [];
  let device: Device | undefined;
  let space: VisitSpace | undefined;

  const fetch: typeof globalThis.fetch = async (input) => {
    const url = new URL(String(input), 'http://centre');
    asked.push(url.pathname);
    if (url.pathname !== '/api/v1/probe') throw new TypeError('Failed to fetch');
    return Response.json({
      centre: 'tongban',
      nonce: url.searchParams.get('nonce'),
      time: new Date().toISOString(),
      epoch: 'epoch-1',
      protocol: 1,
      catalogueVersion: 'v1',
      demonstration: true,
    });
  };

  function opened(): Device {
    if (device === undefined) throw new Error('Open the device first');
    return device;
  }

  function visit(): VisitSpace {
    if (space === undefined) throw new Error('Open a visit first');
    return space;
  }

  return {
    asked,
    async open(app, shippedCatalogue) {
      device = await openDevice({
        app,
        vault: await browserVault(app),
        clock: systemClock,
        random: systemRandom,
        fetch,
        origin: '',
        shippedCatalogue,
      });
    },
    async put(submissionId) {
      const bytes = systemRandom.bytes(20_000);
      const address = base64url(await sha256(bytes)) as FileAddress;
      const envelope = {
        protocol: 1 as const,
        submissionId,
        kind: 'application' as const,
        manifestHash: base64url(systemRandom.bytes(32)),
        terminal: base64url(systemRandom.bytes(32)),
        files: [address],
        jwe: 'a.b.c.d.e',
      };
      return (await opened().outbox.put(envelope, submissionId, new Map([[address, bytes]]))).ok;
    },
    async outbox() {
      const entries = await opened().outbox.list();
      return entries.map(({ submissionId }) => submissionId);
    },
    async openVisit(id) {
      space = await opened().openVisit(id);
      return space.id;
    },
    async save(text) {
      const result = await visit().drafts.save(draftOf(text));
      return result.ok ? 'saved' : result.error;
    },
    async saved() {
      return (await visit().drafts.load(draftOf('').id))?.answers['mother.name']?.value;
    },
    async putFile(size) {
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += 65_536) {
        bytes.set(systemRandom.bytes(Math.min(65_536, size - at)), at);
      }
      const result = await visit().drafts.putFile(
        base64url(await sha256(bytes)) as FileAddress,
        bytes,
      );
      return result.ok ? 'saved' : result.error;
    },
    endVisit: () => visit().end(),
    close: () => opened().close(),
  };
}

/** A draft of a made-up person who answered one question with `text`. */
export function draftOf(text: string): Draft {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    target: { kind: 'bundle', id: 'newborn' },
    catalogueVersion: '2026.11.1',
    submissionId: '00000000-0000-4000-9000-000000000001',
    receiptNumber: '3201993202611239ABCDEFGHJKMX',
    receiptSecret: 'AAAAAAAAAAAAAAAAAAAAAA',
    caseNumbers: {},
    language: 'zh-CN',
    createdAt: '2026-11-23T09:00:00.000Z',
    updatedAt: '2026-11-23T09:00:00.000Z',
    filing: { mode: 'self' },
    evidence: [],
    consents: [],
    answers: { 'mother.name': { value: text, source: 'typed' } },
    materials: {},
    papers: [],
    step: 'questions',
  } as unknown as Draft;
}
