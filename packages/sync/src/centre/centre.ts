import type { Envelope, FileAddress, Result } from '@tongban/core';
import Type from 'typebox';
import {
  ChangesAnswer,
  type Checkpoint,
  CodeSignIn,
  CodeSignInState,
  EnrolAnswer,
  type EnrolRequest,
  GrantAnswer,
  givenByHeader,
  HandoverState,
  type HealthReport,
  HeardAnswer,
  KnownAnswer,
  type KnownRequest,
  ProbeAnswer,
  type Scope,
  StatusAnswer,
  type StatusRequest,
} from '../protocol/index.ts';
import { askBytes, askJson, askStream, type CentreFailure, type CentreOptions } from './request.ts';
import { type SendingFile, sendInParts } from './upload.ts';

type Asked<T> = Promise<Result<T, CentreFailure>>;

/** What a device asks of the centre, one function a message of the protocol. */
export interface Centre {
  probe(nonce: string): Asked<ProbeAnswer>;
  enrol(request: EnrolRequest): Asked<EnrolAnswer>;
  /** For whoever is signed in on this page. */
  staffGrant(): Asked<GrantAnswer>;
  /** Begins signing in by a code that is confirmed elsewhere. */
  beginCodeSignIn(): Asked<CodeSignIn>;
  /** Signed in, the page has its cookie. */
  askCodeSignIn(handle: string): Asked<CodeSignInState>;
  reportHealth(report: HealthReport): Asked<unknown>;
  /** Sends what the centre does not hold of it yet. */
  sendFile(address: FileAddress, bytes: Uint8Array, sending: SendingFile): Asked<void>;
  submit(envelopes: readonly Envelope[], signal: AbortSignal): Asked<HeardAnswer>;
  known(held: KnownRequest['held'], signal: AbortSignal): Asked<KnownAnswer>;
  changes(
    scope: Scope,
    from: Checkpoint | undefined,
    limit: number,
    signal: AbortSignal,
  ): Asked<ChangesAnswer>;
  /** Newline-delimited JSON until `signal` ends it. */
  stream(signal: AbortSignal): Asked<ReadableStream<Uint8Array>>;
  status(request: StatusRequest): Asked<StatusAnswer>;
  putParcel(locator: string, parcel: Uint8Array): Asked<HandoverState>;
  /** `givenInHall`: by a kiosk or a counter, as the centre knows it. */
  takeParcel(
    locator: string,
  ): Asked<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly givenInHall: boolean }>;
  parcelState(locator: string): Asked<HandoverState>;
  reclaimParcel(locator: string): Asked<HandoverState>;
}

export function createCentre(options: CentreOptions): Centre {
  const root = '/api/v1';
  return {
    probe: (nonce) =>
      askJson(
        options,
        { method: 'GET', path: `${root}/probe?nonce=${nonce}`, withoutProof: true },
        ProbeAnswer,
      ),
    enrol: (body) =>
      askJson(options, { method: 'POST', path: `${root}/terminals`, body }, EnrolAnswer),
    staffGrant: () =>
      askJson(options, { method: 'POST', path: `${root}/session/grant` }, GrantAnswer),
    beginCodeSignIn: () =>
      askJson(options, { method: 'POST', path: `${root}/session/code` }, CodeSignIn),
    askCodeSignIn: (handle) =>
      askJson(
        options,
        { method: 'POST', path: `${root}/session/code/ask`, body: { handle } },
        CodeSignInState,
      ),
    reportHealth: (body) =>
      askJson(
        options,
        { method: 'PUT', path: `${root}/terminals/self/health`, body },
        Type.Unknown(),
      ),
    sendFile: (address, bytes, sending) => sendInParts(options, address, bytes, sending),
    submit: (envelopes, signal) =>
      askJson(
        options,
        { method: 'POST', path: `${root}/envelopes`, body: { envelopes }, signal },
        HeardAnswer,
      ),
    known: (held, signal) =>
      askJson(
        options,
        { method: 'POST', path: `${root}/envelopes/known`, body: { held }, signal },
        KnownAnswer,
      ),
    changes: (scope, from, limit, signal) => {
      const query = new URLSearchParams({ limit: String(limit) });
      if (from !== undefined) {
        query.set('epoch', from.epoch);
        query.set('seq', String(from.seq));
      }
      return askJson(
        options,
        { method: 'GET', path: `${root}/changes/${scope}?${query}`, signal },
        ChangesAnswer,
      );
    },
    stream: (signal) => askStream(options, { method: 'GET', path: `${root}/stream`, signal }),
    status: (body) =>
      askJson(options, { method: 'POST', path: `${root}/status`, body }, StatusAnswer),
    putParcel: (locator, body) =>
      askJson(
        options,
        { method: 'PUT', path: `${root}/handovers/${locator}`, body },
        HandoverState,
      ),
    takeParcel: (locator) =>
      askBytes(
        options,
        { method: 'POST', path: `${root}/handovers/${locator}/take` },
        (headers) => ({ givenInHall: isOfHall(headers.get(givenByHeader)) }),
      ),
    parcelState: (locator) =>
      askJson(options, { method: 'GET', path: `${root}/handovers/${locator}` }, HandoverState),
    reclaimParcel: (locator) =>
      askJson(
        options,
        { method: 'POST', path: `${root}/handovers/${locator}/reclaim` },
        HandoverState,
      ),
  };
}

function isOfHall(profile: string | null): boolean {
  return profile === 'kiosk' || profile === 'counter';
}
