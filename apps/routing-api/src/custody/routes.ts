import { Envelope } from '@tongban/core';
import { FileAnswer, Problem, SubmitAnswer } from '@tongban/sync/protocol';
import Type from 'typebox';
import Value from 'typebox/value';
import { octets } from '../http/bytes.ts';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { byProof, type Proven, refusals, terminalOf } from '../terminal/proven.ts';
import { fileLimit, mayStore, storeFile } from './files.ts';
import { takeIntoCustody } from './takeIntoCustody.ts';

/** Largest offer: fifty envelopes of the largest size. */
const envelopesLimit = 52 * 1024 * 1024;
const hash = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

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
      const verdicts: SubmitAnswer['verdicts'] = [];
      for (const row of request.body.envelopes) {
        if (!Value.Check(Envelope, row)) {
          const older = 'protocol' in row && typeof row.protocol === 'number' && row.protocol < 1;
          const reason = older ? 'protocol-too-old' : 'malformed';
          verdicts.push({ submissionId: row.submissionId, verdict: 'refused', reason });
          continue;
        }
        const arrival = {
          envelope: row,
          sentBy: terminal,
          correlation: request.correlation,
        };
        verdicts.push(await takeIntoCustody(centre, arrival));
      }
      if (verdicts.some((verdict) => verdict.verdict === 'received')) judgeSoon();
      return { epoch: await centre.epoch(), verdicts };
    },
  );
}
