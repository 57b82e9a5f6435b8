import { type Catalogue, sniff } from '@tongban/core';
import {
  ActionRequest,
  CaseDetail,
  CasesAnswer,
  Problem,
  SearchRequest,
} from '@tongban/sync/protocol';
import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { openSealed } from '../judgement/materials.ts';
import { verifyPaper } from '../judgement/papers.ts';
import { Refusal } from '../problem/refusal.ts';
import { requireOwnPage, requirePerson } from '../session/routes.ts';
import type { Person, Session } from '../session/session.ts';
import { maySee } from './access.ts';
import { act } from './act.ts';
import { detailOf } from './detail.ts';
import { fileOf, openDossier } from './dossier.ts';
import { listCases, searchCases } from './list.ts';
import { noteLook } from './look.ts';
import { type CaseColumns, type CaseRecord, caseColumns, recordOf } from './record.ts';

/** As `parseCaseNumber` writes one. */
const number = Type.Object({ number: Type.String({ pattern: '^[0-9A-Z*~$=]{20,40}$' }) });
const refusals = { 400: Problem, 401: Problem, 403: Problem } as const;
const staff = ['counter', 'desk', 'supervisor'] as const;
const raw = Type.Unsafe<Uint8Array>({});
const Papers = Type.Object({ papers: CaseDetail.properties.papers });

export interface CaseRooms {
  readonly centre: Centre;
  readonly session: Session;
  readonly authorities: readonly Uint8Array[];
  revoked(): Promise<ReadonlyMap<string, Date>>;
}

/** What desks and counters ask. */
export function caseRoutes(app: Server, rooms: CaseRooms): void {
  const { centre, session } = rooms;
  const tags = ['cases'];
  const security = [{ session: [] }];
  const look = noteLook(centre);

  async function seen(
    request: FastifyRequest,
    wanted: string,
  ): Promise<{ person: Person; record: CaseRecord }> {
    const person = await requirePerson(request, session, staff);
    const { rows } = await centre.database.query<CaseColumns>(
      `select ${caseColumns} from cases where case_number = $1`,
      [wanted],
    );
    const record = rows[0] === undefined ? undefined : recordOf(centre, rows[0]);
    // What somebody may not see does not exist for them: the answer tells nothing.
    if (record === undefined || !maySee(person, record, centre.catalogue))
      throw new Refusal('unknown-case');
    return { person, record };
  }

  app.get(
    '/api/v1/catalogue',
    {
      schema: {
        summary: 'The catalogue in force',
        description: 'Items, bundles, dictionary, departments, reasons. Nothing in it is personal.',
        tags,
        response: { 200: Type.Unsafe<Catalogue>(Type.Object({ version: Type.String() })) },
      },
    },
    async (_, reply) => {
      reply.header('cache-control', 'no-cache').header('etag', `"${centre.catalogue.version}"`);
      return centre.catalogue;
    },
  );
  app.get(
    '/api/v1/cases',
    {
      schema: {
        summary: 'The list of a desk or counter',
        tags,
        security,
        response: { 200: CasesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const person = await requirePerson(request, session, staff);
      reply.header('cache-control', 'no-store');
      return listCases(centre, person);
    },
  );
  app.post(
    '/api/v1/cases/search',
    {
      bodyLimit: 4_096,
      schema: {
        summary: 'Find cases by number, beginning of a name, ID number or ticket',
        description: 'By POST: a name or number never stands in an address.',
        tags,
        security,
        body: SearchRequest,
        response: { 200: CasesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      requireOwnPage(request);
      const person = await requirePerson(request, session, staff);
      reply.header('cache-control', 'no-store');
      return searchCases(centre, person, request.body.text);
    },
  );
  app.get(
    '/api/v1/cases/:number',
    {
      schema: {
        summary: 'One case',
        description: 'Only the fields, materials and papers that its item names, masked by grade.',
        tags,
        security,
        params: number,
        response: { 200: CaseDetail, ...refusals, 404: Problem },
      },
    },
    async (request, reply) => {
      const { person, record } = await seen(request, request.params.number);
      await look(person, record, request.correlation);
      reply.header('cache-control', 'no-store');
      return detailOf(centre, person, record);
    },
  );
  app.get(
    '/api/v1/cases/:number/papers',
    {
      schema: {
        summary: 'Verify the papers of a case again, now',
        tags,
        security,
        params: number,
        response: { 200: Papers, ...refusals, 404: Problem },
      },
    },
    async (request, reply) => {
      const { record } = await seen(request, request.params.number);
      const { application, item } = await openDossier(centre, record);
      reply.header('cache-control', 'no-store');
      const papers: Papers['papers'] = [];
      const trust = {
        authorities: rooms.authorities,
        revoked: await rooms.revoked(),
        provenAt: new Date(record.receivedAt),
      };
      for (const paper of application?.papers ?? []) {
        if (paper.item !== item?.id) continue;
        const verdict = await verifyPaper(centre, paper, trust);
        papers.push({ ...verdict, reasons: [...verdict.reasons] });
      }
      return { papers };
    },
  );
  app.get(
    '/api/v1/cases/:number/files/:address',
    {
      schema: {
        summary: 'One material or paper of a case, opened',
        description: 'Typed by its content, never by what was claimed.',
        tags,
        security,
        params: Type.Object({
          number: number.properties.number,
          address: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
        }),
        response: { 200: raw, ...refusals, 404: Problem },
      },
      config: { answerContent: { 'application/pdf': {}, 'image/jpeg': {}, 'image/png': {} } },
    },
    async (request, reply) => {
      const { person, record } = await seen(request, request.params.number);
      // How a case stands is a supervisor's business; what somebody handed in is not.
      if (person.who.role === 'supervisor') throw new Refusal('not-allowed');
      const file = fileOf(await openDossier(centre, record), request.params.address);
      const bytes = file === undefined ? undefined : await openSealed(centre, file);
      if (bytes === undefined) throw new Refusal('unknown-file');
      await look(person, record, request.correlation);
      const type = sniff(bytes) ?? 'application/octet-stream';
      // What is no picture and no PDF is only ever saved, so that no page can be made to run it.
      const place = type === 'application/octet-stream' ? 'attachment' : 'inline';
      return reply
        .type(type)
        .headers({
          'content-disposition': `${place}; filename="${request.params.address.slice(0, 12)}${extensions[type] ?? '.bin'}"`,
          'cache-control': 'no-store',
          'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'self'",
          'cross-origin-resource-policy': 'same-origin',
        })
        .send(Buffer.from(bytes));
    },
  );
  app.post(
    '/api/v1/cases/:number/actions',
    {
      bodyLimit: 32_768,
      schema: {
        summary: 'Decide',
        description:
          'Done once under its Idempotency-Key. Refused when the case is no longer as it was seen.',
        tags,
        security,
        params: number,
        headers: Type.Object({
          'idempotency-key': Type.Optional(Type.String({ minLength: 8, maxLength: 100 })),
        }),
        body: ActionRequest,
        response: { 200: CaseDetail, ...refusals, 404: Problem, 409: Problem, 422: Problem },
      },
    },
    async (request, reply) => {
      requireOwnPage(request);
      const person = await requirePerson(request, session, staff);
      const key = request.headers['idempotency-key'];
      if (key === undefined) throw new Refusal('idempotency-key-missing');
      const caseNumber = request.params.number;
      const done = await act(centre, person, {
        caseNumber,
        request: request.body,
        key,
        correlation: request.correlation,
      });
      if (!done.ok) throw new Refusal(done.error);
      const { record } = await seen(request, caseNumber);
      reply.header('cache-control', 'no-store');
      return detailOf(centre, person, record);
    },
  );
  app.put(
    '/api/v1/cases/:number/ticket',
    {
      bodyLimit: 1_024,
      schema: {
        summary: 'Tie a queue ticket to a case',
        tags,
        security,
        params: number,
        body: Type.Object(
          { ticket: Type.String({ pattern: '^[A-Z]\\d{1,4}$' }) },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null(), ...refusals, 404: Problem },
      },
    },
    async (request, reply) => {
      requireOwnPage(request);
      const { person, record } = await seen(request, request.params.number);
      if (person.who.role !== 'counter') throw new Refusal('not-allowed');
      await centre.database.transaction(async (unit) => {
        await unit.query('update cases set ticket = $2 where case_number = $1', [
          record.caseNumber,
          request.body.ticket,
        ]);
        unit.audit({
          event: 'case.ticket',
          actor: person.who.account,
          subject: record.caseNumber,
          correlation: record.correlation,
          detail: { ticket: request.body.ticket },
        });
      });
      return reply.code(204).send(null);
    },
  );
}

type Papers = Static<typeof Papers>;
const extensions: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
};
