import { err, ok, parseResidentId, type Result } from '@tongban/core';
import type { Who } from '@tongban/sync/protocol';
import type { Account } from '../store.ts';
import type { ProviderSettings } from './settings.ts';

const usual = {
  name: 'name',
  role: 'tongban_role',
  department: 'tongban_department',
  hall: 'tongban_hall',
  window: 'tongban_window',
  residentId: 'resident_id',
};
const roles = new Set<string>(['citizen', 'counter', 'desk', 'supervisor'] satisfies Who['role'][]);

/**
 * Who the claims of an ID token stand for. Without a role somebody is a citizen, who sees only what is their own.
 * Refused: two roles at once, a role that lacks its hall or department, an ID number that cannot be one.
 */
export function vouchedBy(
  claims: Readonly<Record<string, unknown>>,
  settings: ProviderSettings,
): Result<Account, 'claims-unfit'> {
  const named = { ...usual, ...settings.claims };
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
  };
  // Never given to somebody else at the same issuer.
  const account = text('sub');
  const given = claims[named.role];
  const ours = (Array.isArray(given) ? given : given === undefined ? [] : [given]).flatMap(
    (one: unknown) => {
      if (typeof one !== 'string') return [];
      const called = settings.roles === undefined ? one : settings.roles[one];
      return called !== undefined && roles.has(called) ? [called as Who['role']] : [];
    },
  );
  const found = [...new Set(ours)];
  if (account === undefined || found.length > 1) return err('claims-unfit');
  // A role that is not known here is no reason to be taken for a citizen.
  if (found.length === 0 && given !== undefined && !Array.isArray(given))
    return err('claims-unfit');
  const role = found[0] ?? 'citizen';
  const department = text(named.department);
  const hall = text(named.hall);
  const window = text(named.window);
  const residentId = text(named.residentId)?.toUpperCase();
  if (role === 'desk' && department === undefined) return err('claims-unfit');
  if (role === 'counter' && hall === undefined) return err('claims-unfit');
  if (residentId !== undefined && !parseResidentId(residentId).ok) return err('claims-unfit');
  return ok({
    account,
    name: text(named.name) ?? account,
    role,
    ...(role === 'desk' && department !== undefined ? { department } : {}),
    ...(role === 'counter' && hall !== undefined ? { hall } : {}),
    ...(role === 'counter' && window !== undefined ? { window } : {}),
    ...(role === 'citizen' && residentId !== undefined ? { residentId } : {}),
  });
}
