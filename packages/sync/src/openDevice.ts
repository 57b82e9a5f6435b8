import { err, type FileAddress, ok, type Receipt, type ReceiptStore } from '@tongban/core';
import type { JWK } from 'jose';
import { createCarry } from './carry/carry.ts';
import { createCentre } from './centre/centre.ts';
import type { CentreFailure } from './centre/request.ts';
import type { AskFailure, Device, DeviceOptions, ExportedEntry } from './device.ts';
import { type Admission, keptAdmission, watchAdmission } from './enrolment/admission.ts';
import {
  type Applicant,
  askAdmission,
  keptEnrolment,
  watchEnrolment,
} from './enrolment/enrolment.ts';
import { createHandover } from './handover/handover.ts';
import { reportOf } from './health/ownHealth.ts';
import { startReporting } from './health/reporting.ts';
import { type ProbedLine, startLine } from './line/line.ts';
import { type Entry, mayBeCarried } from './outbox/entry.ts';
import { openOutbox } from './outbox/outbox.ts';
import { openShelf } from './outbox/shelf.ts';
import type { HealthReport } from './protocol/index.ts';
import { openCatalogue } from './pull/catalogue.ts';
import type { Drawer } from './pull/drawers.ts';
import { knownStatus, rememberStatusTime, statusTime, wholeAsOf } from './pull/knownStatus.ts';
import type { PulledRow } from './pull/scope.ts';
import { nobody, openTrust } from './pull/trust.ts';
import { createOfflineStaff } from './staff/offlineStaff.ts';
import { openDatabase } from './storage/database.ts';
import { type KeptRow, keptIn } from './storage/kept.ts';
import { shelfDatabase, terminalDatabase } from './storage/names.ts';
import { type Row, type Rows, rowsOf } from './storage/rows.ts';
import { surroundingsWith } from './surroundings/surroundings.ts';
import { openVisits } from './visit/space.ts';
import { startWork, type Work } from './worker/work.ts';
import { takeSeat } from './worker/worker.ts';

interface ReceiptRow extends Row {
  readonly receipt: Receipt;
}

/**
 * Opens this device: its lasting database, its line to the centre, and the work that goes on by itself. Rejects with
 * the browser's own error where it refuses storage.
 */
export async function openDevice(options: DeviceOptions): Promise<Device> {
  const { app, vault, clock, random } = options;
  const { timer, locks, databases, storage, formats, onHint, channel, estimate } = surroundingsWith(
    options.surroundings,
  );
  const name = terminalDatabase(app);

  const [shelf, database, visits] = await Promise.all([
    openShelf(databases.indexedDB, shelfDatabase(app)),
    vault.storeKey().then((key) =>
      openDatabase({
        name,
        storage,
        key,
        random,
        collections: ['outbox', 'receipts', 'kept', 'catalogue', 'settings', 'statuses'],
      }),
    ),
    openVisits({ app, vault, random, databases, locks, format: formats.drafts }),
  ]);
  const { collections } = database;
  const kept = keptIn(rowsOf<KeptRow>(collections.kept));
  const status = rowsOf<Drawer>(collections.statuses);
  const settings = rowsOf<PulledRow>(collections.settings);

  let line: ProbedLine | undefined;
  const centre = createCentre({
    origin: options.origin,
    fetch: options.fetch,
    vault,
    centreClock: { now: () => new Date(line?.centreTime() ?? clock.now()) },
    random,
    timer,
  });
  const probed = startLine({ centre, clock, random, timer });
  line = probed;

  const desk = await openOutbox(rowsOf<Entry>(collections.outbox, formats.outbox), shelf, clock);
  const catalogue = await openCatalogue(
    rowsOf<PulledRow>(collections.catalogue),
    options.shippedCatalogue,
  );
  const trust = await openTrust(settings, options.shippedTrust ?? nobody, vault);
  let enrolment = await keptEnrolment(kept);
  const unwatchEnrolment = watchEnrolment(kept, (answer) => {
    enrolment = answer;
  });
  let admission = await keptAdmission(kept);
  const admissionWatchers = new Set<(admission: Admission) => void>();
  const unwatchAdmission = watchAdmission(kept, (said) => {
    admission = said;
    for (const listener of [...admissionWatchers]) listener(said);
  });
  const applicant: Applicant = {
    centre,
    vault,
    kept,
    profile: app,
    hall: options.hall,
    code: options.enrolmentCode,
  };

  let persisted: Device['persisted'] = 'unasked';
  // Some browsers ask the person: that may take its time.
  void options.persist?.().then((granted) => {
    persisted = granted ? 'granted' : 'refused';
  });

  let work: Work | undefined;
  const seat = takeSeat({
    name: `${name}-worker`,
    locks,
    timer,
    channel,
    async start() {
      const started = await startWork({
        ...applicant,
        line: probed,
        desk,
        shelf,
        collections,
        status,
        timer,
        random,
        async onComplete(scope) {
          const now = probed.centreTime();
          if (scope === 'catalogue') catalogue.confirm();
          if (scope === 'status' && now !== undefined) await rememberStatusTime(kept, now);
        },
      });
      work = started;
      const stopReporting = startReporting({
        centre,
        line: probed,
        // A phone is nobody's to look after; one that is not admitted would not be heard.
        report: async () => (app === 'phone' || admission !== 'admitted' ? undefined : health()),
      });
      return {
        async stop() {
          await stopReporting();
          await started.stop();
        },
      };
    },
  });

  async function room(): Promise<number | undefined> {
    const { quota, usage } = await estimate();
    return quota === undefined || usage === undefined ? undefined : quota - usage;
  }

  async function health(): Promise<HealthReport> {
    const state = probed.state();
    return reportOf({
      appVersion: options.appVersion ?? '',
      catalogueVersion: catalogue.get().version,
      lastPull: await wholeAsOf(kept),
      entries: await desk.port.list(),
      room: await room(),
      persisted,
      skew: state.at === 'connected' ? state.skew : undefined,
    });
  }

  const unhint = onHint((hint) => {
    // [L4] Whatever the browser believes, the probe finds out.
    void probed.probe();
    if (hint !== 'visible') return;
    seat.lookedAt();
    work?.refresh();
  });

  return {
    line: probed,
    outbox: desk.port,
    receipts: receiptsIn(rowsOf<ReceiptRow>(collections.receipts, formats.receipts)),
    handover: createHandover({ centre, clock, random, stores: visits.stores }),
    enrolment: () => enrolment,
    admission: () => admission,
    watchAdmission(listener) {
      admissionWatchers.add(listener);
      return () => admissionWatchers.delete(listener);
    },
    async admit(code) {
      const said = await askAdmission({ ...applicant, code });
      if (said.ok && said.value === 'admitted') work?.refresh();
      return said;
    },
    centreKey: () => (enrolment?.centreKey as JWK | undefined) ?? options.shippedCentreKey,
    catalogue: catalogue.get,
    trust: trust.get,
    async probe() {
      await probed.probe();
    },
    get persisted() {
      return persisted;
    },
    room,
    health,
    codeSignIn: centre,
    staff:
      options.pinLock &&
      createOfflineStaff({
        pinLock: options.pinLock,
        kept,
        centre,
        clock: { now: () => new Date(probed.centreTime() ?? clock.now()) },
        terminal: async () => (await vault.terminal()).id,
        grantKey: () => enrolment?.grantKey as JWK | undefined,
      }),
    async resend(submissionId) {
      await desk.apply(submissionId, { kind: 'resend' }, ({ state }) => state.at === 'set-aside');
    },
    exportEntry,
    carry: createCarry({
      outbox: desk.port,
      random,
      exportEntry,
      async mark(id) {
        const at = clock.now().toISOString();
        await desk.apply(id, { kind: 'carried', at }, mayBeCarried);
      },
    }),
    async settings() {
      return Object.fromEntries((await settings.all()).map(({ id, body }) => [id, body]));
    },
    lastKnown: (receiptNumber) => knownStatus(status, kept, receiptNumber),
    watchStatus: (listener) => watchTogether(status, listener, kept),
    async askStatus(request) {
      const answered = await centre.status(request);
      return answered.ok ? answered : err(askFailure(answered.error));
    },
    openVisit: visits.open,
    peekVisit: visits.peek,
    leftVisits: visits.left,
    async close() {
      unhint();
      await seat.leave();
      probed.stop();
      await visits.close();
      catalogue.close();
      trust.close();
      unwatchEnrolment();
      unwatchAdmission();
      desk.close();
      await database.close();
      shelf.close();
    },
  };

  async function exportEntry(submissionId: string): Promise<ExportedEntry | undefined> {
    const shelved = await shelf.envelope(submissionId);
    if (shelved === undefined) return undefined;
    const files = new Map<FileAddress, Uint8Array>();
    const lost: FileAddress[] = [];
    for (const address of shelved.envelope.files as FileAddress[]) {
      const bytes = await shelf.file(submissionId, address);
      if (bytes === undefined) lost.push(address);
      else files.set(address, bytes);
    }
    return { envelope: shelved.envelope, receiptNumber: shelved.receiptNumber, files, lost };
  }

  /** One call for many rows of one page. */
  function watchTogether(rows: Rows<Drawer>, listener: () => void, times: typeof kept): () => void {
    let told = false;
    const tell = () => {
      if (told) return;
      told = true;
      queueMicrotask(() => {
        told = false;
        listener();
      });
    };
    const stops = [
      rows.watch(tell),
      times.watch((changed) => {
        if (changed === statusTime) tell();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
}

function receiptsIn(rows: Rows<ReceiptRow>): ReceiptStore {
  return {
    async keep(receipt) {
      const written = await rows.update(receipt.number, () => ({ id: receipt.number, receipt }));
      return written.ok ? ok(undefined) : written;
    },
    async list() {
      const found = await rows.all();
      return found
        .map(({ receipt }) => receipt)
        .toSorted((a, b) => b.sealedAt.localeCompare(a.sealedAt));
    },
  };
}

function askFailure(failure: CentreFailure): AskFailure {
  if (failure.kind === 'fault') return 'no-line';
  switch (failure.code) {
    case 'unknown-receipt':
    case 'wrong-id':
    case 'too-many-attempts':
      return failure.code;
    // Not let in, or asked too fast: nothing is known of the receipt.
    default:
      return 'no-line';
  }
}
