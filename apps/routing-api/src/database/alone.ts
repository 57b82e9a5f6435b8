import type pg from 'pg';

/**
 * Runs `work` while no other process (and no other call of this one) runs under the same lock. Answers `undefined`
 * without running it when somebody else holds the lock.
 */
export async function alone<T>(
  pool: pg.Pool,
  lock: number,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onBroken = (error: Error) => {
    broken = error;
  };
  // Idle while the work goes on elsewhere: a break is told only here, and must not end the process.
  client.on('error', onBroken);
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock($1) as mine',
      [lock],
    );
    if (rows[0]?.mine !== true) return undefined;
    try {
      return await work();
    } finally {
      // A connection that cannot say it is closed, and the lock goes with it.
      await client.query('select pg_advisory_unlock($1)', [lock]).catch(onBroken);
    }
  } finally {
    client.off('error', onBroken);
    client.release(broken);
  }
}
