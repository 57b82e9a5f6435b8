import { Envelope } from '@tongban/core';
import {
  FileAnswer,
  oldestProtocol,
  Problem,
  SubmitAnswer,
  type Verdict,
} from '@tongban/sync/protocol';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { octets } from '../http/bytes.ts';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { byProof, type Proven, refusals, terminalOf } from '../terminal/proven.ts';
import { fileLimit, mayStore, storeFile } from './files.ts';
import { gatherCustody } from './gather.ts';

/** Largest offer: fifty envelopes of the largest size. */
const envelopesLimit = 52 * 1024 * 1024;
const hash = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

const wellFormed = Compile(Envelope);

/** A row of another shape is refused by itself; it must not hold up the rows beside it. */
const LooseSubmit = Type.Object(
  {
    envelopes: Type.Array(
      Type.Union([Envelope, Type.Object({ submissionId: Type.String({ maxLength: 100 }) })]),
      {
        minItems: 1,
        maxItems: 50,
      },
    ),
  },
  { additionalProperties: false },
);

/** Files and envelopes come in. `judgeSoon` is called after custody, so that judging begins at once. */
export function custodyRoutes(
  app: Server,
  centre: Centre,
  proven: Proven,
  judgeSoon: () => void,
): void {
  const custody = gatherCustody(centre);
  app.put(
    '/api/v1/files/:address',
    {
      ...proven,
      bodyLimit: fileLimit,
      schema: {
        summary: 'Store one encrypted file under the SHA-256 of its ciphertext',
        description: 'Idempotent. At most 10.5 MB.',
        ...byProof,
        params: Type.Object({ address: hash }),
        response: { 200: FileAnswer, ...refusals, 413: Problem, 415: Problem, 422: Problem },
      },
      config: { requestContent: octets },
    },
    async (request) => {
      const bytes = request.body;
      if (!Buffer.isBuffer(bytes)) throw new Refusal('unsupported-media-type');
      const { address } = request.params;
      if (!(await mayStore(centre, terminalOf(request), bytes.length)))
        throw new Refusal('too-many-requests', { retryAfterSeconds: 3_600 });
      const stored = await storeFile(
        centre.database,
        address,
        bytes,
        terminalOf(request).terminal,
        centre.clock.now().toISOString(),
      );
      if (!stored) throw new Refusal('address-mismatch');
      return { address, size: bytes.length };
    },
  );

  app.post(
    '/api/v1/envelopes',
    {
      ...proven,
      bodyLimit: envelopesLimit,
      schema: {
        summary: 'Offer sealed envelopes',
        description:
          'One verdict a row. `received` means: in custody, in a committed transaction. Offering again gives the first receipt.',
        ...byProof,
        body: LooseSubmit,
        response: { 200: SubmitAnswer, ...refusals, 413: Problem },
      },
    },
    async (request) => {
      const { terminal } = terminalOf(request);
      // [E6] Before anything is taken in. Read afterwards, it could be the name of a life that began after what is
      // answered for was lost with the one before, and no terminal would ever ask for it again.
      const epoch = await centre.epoch();
      const given = await Promise.all(
        request.body.envelopes.map(async (row): Promise<Verdict | undefined> => {
          if (!wellFormed.Check(row)) {
            const older =
              'protocol' in row &&
              typeof row.protocol === 'number' &&
              row.protocol < oldestProtocol;
            const reason = older ? 'protocol-too-old' : 'malformed';
            return { submissionId: row.submissionId, verdict: 'refused', reason };
          }
          const { correlation } = request;
          return custody({ envelope: row, sentBy: terminal, correlation });
        }),
      );
      // A row without a verdict is offered again; it keeps the verdicts of the others from nobody.
      const verdicts = given.filter((verdict) => verdict !== undefined);
      if (verdicts.length === 0) throw new Refusal('unavailable');
      if (verdicts.some((verdict) => verdict.verdict === 'received')) {
        judgeSoon();
        // [M4] Killed right after this answer, and its database put back to a copy from just before, the next process
        // could not tell that anything is missing.
        await centre.remembered();
      }
      return { epoch, verdicts };
    },
  );
}
