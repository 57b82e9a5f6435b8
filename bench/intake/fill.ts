import pg from 'pg';

/**
 * Fills the centre's tables with so many judged cases, made by the server itself: what custody looks up and appends to
 * is as large as after months. Their envelopes are of the same size as the real ones, of text that does not compress.
 */
export async function fillUpTo(adminUrl: string, wanted: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const page = 20_000;
  try {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from cases');
    for (let from = rows[0]?.n ?? 0; from < wanted; from += page) {
      const to = Math.min(from + page, wanted) - 1;
      await client.query('begin');
      await client.query(`create temporary table page on commit drop as
        select n, 'filled-' || lpad(n::text, 29, '0') as id,
          '3201999202611230' || lpad(n::text, 12, '0') as number,
          (timestamptz '2026-01-01' + n * interval '1 second')::text as at
        from generate_series(${from}, ${to}) n`);
      await client.query(`insert into envelopes (submission_id, kind, manifest_hash, terminal, sent_by, envelope, received_at, correlation, judged_at)
        select id, 'application', encode(sha256(id::bytea), 'hex'), 't', 't',
          jsonb_build_object('jwe', (select string_agg(encode(sha256((id || k)::bytea), 'hex'), '') from generate_series(1, 60) k), 'files', '[]'::jsonb),
          at, 'filled', at from page`);
      await client.query(`insert into cases (case_number, submission_id, receipt_number, item, catalogue_version, department, state,
          concluded, status, hall, received_at, updated_at, correlation, sealed, let_go_at)
        select number, id, number, 'residence-permit', '1', 'police', 'granted', true,
          jsonb_build_object('caseNumber', number, 'gap', false), 'nanhu', at, at, 'filled', sha256(id::bytea), at from page`);
      await client.query('insert into case_envelopes select number, id from page');
      await client.query(
        `insert into changes select 'status:hall:filled', number, n + 1, true, null from page`,
      );
      await client.query('commit');
    }
    await client.query('analyze');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
