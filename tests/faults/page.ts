/** Runs in Chromium: a whole device before the centre, driven from outside by the rounds. */
import { shippedCatalogue } from '@tongban/catalogue';
import {
  type ApplicationManifest,
  base64url,
  beginVisit,
  type Draft,
  type Envelope,
  type FileAddress,
  makeCaseNumber,
  type PublicStatus,
  seal,
  sealFile,
  sha256,
  systemClock,
  systemRandom,
} from '@tongban/core';
import { browserVault, type Device, openDevice, type VisitSpace } from '@tongban/sync';
import { laterFormats, nextFormats } from '@tongban/sync/testing';
import type { Release } from './release.ts';

/** What a round keeps of an envelope that the page made. */
export interface Made {
  readonly submissionId: string;
  readonly manifestHash: string;
  readonly receiptNumber: string;
  /** `saved` is the promise that nothing loses it. */
  readonly put: 'saved' | 'quota-exceeded' | 'storage-refused';
}

/** What an application says; the values are searched for on the disk afterwards. */
export interface Said {
  readonly name: string;
  readonly residentId: string;
  readonly address: string;
  /** Sizes of the files that go with it, in bytes. */
  readonly files: readonly number[];
}

export interface FaultsPage {
  open(app: 'kiosk' | 'phone', release: Release): Promise<void>;
  /** Whether it knows the centre's key, so that it can seal. */
  ready(): boolean;
  submit(said: Said): Promise<Made>;
  /** An envelope that the centre can never open. */
  poison(): Promise<Made>;
  outbox(): Promise<readonly { id: string; at: string; reason?: string }[]>;
  lastKnown(receiptNumber: string): Promise<readonly PublicStatus[] | undefined>;
  /** Begins a visit, or takes up the one that was left. */
  visit(): Promise<'fresh' | 'found'>;
  /** Saves a draft whose address says `text`. */
  edit(text: string): Promise<string>;
  /** What the drafts on the disk say, over all visits that are left. */
  edited(): Promise<readonly string[]>;
  endVisit(): Promise<void>;
  /** Damages a file that waits; answers whose it is. */
  decay(): Promise<string | undefined>;
  /** Sets the device's clock so many ms beside the real one. */
  clock(offset: number): void;
  close(): Promise<void>;
}

declare global {
  interface Window {
    faults: FaultsPage;
  }
}

const formatsOf = {
  present: {},
  next: { formats: nextFormats },
  later: { formats: laterFormats },
} satisfies Record<Release, object>;

const item = 'residence-permit';
let app: 'kiosk' | 'phone' = 'kiosk';
let device: Device | undefined;
let vault: Awaited<ReturnType<typeof browserVault>> | undefined;
let space: VisitSpace | undefined;

let offset = 0;
const realNow = Date.now;
Date.now = () => realNow() + offset;
globalThis.Date = new Proxy(Date, {
  construct: (target, args: []) =>
    args.length === 0 ? new target(realNow() + offset) : new target(...args),
});

function opened(): Device {
  if (device === undefined) throw new Error('Open the device first.');
  return device;
}

async function sealed(said: Said) {
  const key = opened().centreKey();
  if (vault === undefined || key === undefined) throw new Error('The centre is not known yet.');
  const files = new Map<FileAddress, Uint8Array>();
  const held = [];
  for (const size of said.files) {
    const plain = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536)
      plain.set(systemRandom.bytes(Math.min(65_536, size - at)), at);
    const { file, address, ciphertext } = await sealFile(plain, 'image/jpeg', systemRandom);
    files.set(address, ciphertext);
    held.push(file);
  }
  const now = systemClock.now();
  const number = () => makeCaseNumber('320199', app === 'kiosk' ? '9' : '3', now, systemRandom);
  const typed = (value: string) => ({ value, source: 'typed' as const });
  const manifest: ApplicationManifest = {
    protocol: 1,
    kind: 'application',
    submissionId: crypto.randomUUID(),
    nonce: base64url(systemRandom.bytes(16)),
    catalogueVersion: shippedCatalogue.version,
    appVersion: 'faults',
    terminal: (await vault.terminal()).id,
    channel: app === 'kiosk' ? '9' : '3',
    language: 'zh-CN',
    sealedAt: now.toISOString(),
    filing: { mode: 'self' },
    receiptNumber: number(),
    receiptSecretHash: base64url(await sha256(systemRandom.bytes(16))),
    cases: [{ item, caseNumber: number() }],
    answers: {
      'applicant.name': typed(said.name),
      'applicant.residentId': typed(said.residentId),
      'residence.address': typed(said.address),
    },
    materials: [{ material: 'home-proof', state: 'provided', files: held, readings: {} }],
    papers: [],
    consents: [],
    evidence: [],
  };
  return { manifest, envelope: await seal(manifest, vault, key), files };
}

async function put(
  envelope: Envelope,
  receiptNumber: string,
  files: ReadonlyMap<FileAddress, Uint8Array>,
): Promise<Made> {
  const { submissionId, manifestHash } = envelope;
  const answered = await opened().outbox.put(envelope, receiptNumber, files);
  return {
    submissionId,
    manifestHash,
    receiptNumber,
    put: answered.ok ? 'saved' : (answered.error as Made['put']),
  };
}

window.faults = {
  async open(asked, release) {
    app = asked;
    vault = await browserVault(app);
    device = await openDevice({
      app,
      vault,
      clock: systemClock,
      random: systemRandom,
      fetch: globalThis.fetch.bind(globalThis),
      origin: '',
      shippedCatalogue,
      surroundings: formatsOf[release],
    });
  },
  ready: () => opened().centreKey() !== undefined,
  async submit(said) {
    const { manifest, envelope, files } = await sealed(said);
    return put(envelope, manifest.receiptNumber, files);
  },
  async poison() {
    const { manifest, envelope, files } = await sealed({
      name: '林远舟',
      residentId: '320199199205180010',
      address: '南湖区桂子路 18 号',
      files: [],
    });
    const parts = envelope.jwe.split('.');
    // The last part is the tag that proves the rest.
    parts[4] = base64url(systemRandom.bytes(16));
    return put({ ...envelope, jwe: parts.join('.') }, manifest.receiptNumber, files);
  },
  async outbox() {
    const entries = await opened().outbox.list();
    return entries.map(({ submissionId, state }) => ({
      id: submissionId,
      at: state.at,
      ...(state.at === 'set-aside' && { reason: state.reason }),
    }));
  },
  async lastKnown(receiptNumber) {
    return (await opened().lastKnown(receiptNumber))?.cases;
  },
  async visit() {
    const [left] = await opened().leftVisits();
    space = await opened().openVisit(left);
    return left === undefined ? 'fresh' : 'found';
  },
  async edit(text) {
    if (space === undefined) throw new Error('Open a visit first.');
    const draft = await standingIn(space);
    const answers = { ...draft.answers, 'residence.address': { value: text, source: 'typed' } };
    const saved = await space.drafts.save({ ...draft, answers } as Draft);
    return saved.ok ? 'saved' : saved.error;
  },
  async edited() {
    const found: string[] = [];
    for (const id of await opened().leftVisits())
      for (const draft of (await opened().peekVisit(id)).drafts)
        found.push(draft.answers['residence.address']?.value ?? '');
    return found;
  },
  async endVisit() {
    await space?.end();
    space = undefined;
  },
  async decay() {
    const entries = await opened().outbox.list();
    const waiting = entries
      .filter(({ state }) => state.at !== 'received')
      .map((one) => one.submissionId);
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined || !name.includes('shelf')) continue;
      const database = await asked(indexedDB.open(name));
      try {
        const store = database.transaction('files', 'readwrite').objectStore('files');
        for (const key of await asked(store.getAllKeys())) {
          const [id] = String(key).split('/');
          if (id === undefined || !waiting.includes(id)) continue;
          await asked(store.put(new ArrayBuffer(1), key));
          return id;
        }
      } finally {
        database.close();
      }
    }
    return undefined;
  },
  clock(by) {
    offset = by;
  },
  async close() {
    await device?.close();
    device = undefined;
  },
};

/** Edits that come at once edit one draft, as a person has one before them: the first of them begins it. */
function standingIn(visit: VisitSpace): Promise<Draft> {
  const draft =
    drafting.get(visit) ?? visit.drafts.list().then(([found]) => found ?? freshDraft(visit));
  drafting.set(visit, draft);
  draft.catch(() => drafting.delete(visit));
  return draft;
}
const drafting = new WeakMap<VisitSpace, Promise<Draft>>();

async function freshDraft({ drafts }: VisitSpace): Promise<Draft> {
  const key = opened().centreKey();
  if (vault === undefined || key === undefined) throw new Error('The centre is not known yet.');
  const begun = await beginVisit(
    {
      clock: systemClock,
      random: systemRandom,
      vault,
      store: drafts,
      outbox: opened().outbox,
      catalogue: () => shippedCatalogue,
      channel: app === 'kiosk' ? '9' : '3',
      appVersion: 'faults',
      centreKey: async () => key,
      fonts: () => Promise.reject(new Error('Nothing is signed here.')),
    },
    { kind: 'item', id: item },
  );
  if (!begun.ok) throw new Error(begun.error);
  return begun.value.snapshot().draft;
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
