import type { TrustList } from '@tongban/core';
import type { Database, Unit } from '../database/database.ts';

/** Tells the terminals of a group whose credentials count: a row of their settings. */
export function publishTrust(unit: Unit, statusGroup: string, trust: TrustList): void {
  unit.publish({ scope: `settings:${statusGroup}`, id: 'trust', body: trust });
}

/** Tells every terminal that was told another list, or none. */
export async function putTrustIntoForce(database: Database, trust: TrustList): Promise<void> {
  await database.transaction(async (unit) => {
    const { rows } = await unit.query<{ status_group: string }>(
      `select distinct t.status_group from terminals t
       left join changes c on c.scope = 'settings:' || t.status_group and c.id = 'trust'
       where c.body is distinct from $1::jsonb`,
      [JSON.stringify(trust)],
    );
    for (const { status_group } of rows) publishTrust(unit, status_group, trust);
  });
}
