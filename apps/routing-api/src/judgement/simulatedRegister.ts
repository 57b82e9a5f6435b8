import data from '../../data/simulated-register.json' with { type: 'json' };
import { words } from '../words.ts';
import type { Register, RegisterEntry } from './register.ts';

/** The port `Register` on made-up people. Its name says that it is simulated; production refuses it. */
export function simulatedRegister(): Register {
  const people = new Map<string, RegisterEntry>(
    data.people.map((person) => [person.residentId, person]),
  );
  return {
    name: words['zh-CN'].register.simulated,
    person: async (residentId) => people.get(residentId),
  };
}

/** The port `Register` before a department's records are connected: nothing to compare with. */
export const noRegister: Register = { name: '', person: async () => undefined };
