import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { isOurs, type Refusal } from './guards.ts';
import type { MainPinLock } from './pinLock.ts';
import type { Vault } from './vault.ts';

const bytes = (most: number) =>
  Type.Refine(
    Type.Unsafe<Uint8Array>(Type.Any()),
    (value) => value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= most,
  );
const account = Type.String({ minLength: 1, maxLength: 60 });
const pin = Type.String({ pattern: '^[0-9]{6,12}$' });
const call = Type.String({ pattern: '^[0-9a-f-]{36}$' });
const visit = Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' });

/** Arguments of every verb of the bridge. What is not listed here does not exist. */
export const verbs = {
  'vault.terminalKey': Type.Tuple([]),
  'vault.sign': Type.Tuple([bytes(2_000_000)]),
  'vault.issuingChain': Type.Tuple([]),
  'vault.issuingPublicKey': Type.Tuple([]),
  'vault.issuingSign': Type.Tuple([bytes(20_000)]),
  'vault.keepIssuingChain': Type.Tuple([Type.Array(bytes(20_000), { minItems: 1, maxItems: 5 })]),
  'vault.storeKey': Type.Tuple([]),
  'vault.createVisitKey': Type.Tuple([visit]),
  'vault.openVisitKey': Type.Tuple([visit]),
  'vault.destroyVisitKey': Type.Tuple([visit]),
  'vault.visits': Type.Tuple([]),
  'pin.set': Type.Tuple([account, pin, bytes(4_000)]),
  'pin.open': Type.Tuple([account, pin]),
  'pin.accounts': Type.Tuple([]),
  'pin.forget': Type.Tuple([account]),
  'reader.read': Type.Tuple([call]),
  'reader.stop': Type.Tuple([call]),
  'scanner.next': Type.Tuple([]),
  installation: Type.Tuple([]),
  saveExport: Type.Tuple([
    Type.String({ pattern: '^tongban-[A-Za-z0-9_-]{1,20}\\.tbx$' }),
    bytes(250_000_000),
  ]),
  endVisit: Type.Tuple([]),
} satisfies Record<string, TSchema>;

export type Verb = keyof typeof verbs;
export type Handlers = {
  readonly [V in Verb]: (...args: Static<(typeof verbs)[V]>) => Promise<unknown>;
};

/** Wires verbs to their handlers. A caller from elsewhere or an argument of another shape is refused and logged. */
export function answerVerbs(
  handle: (
    channel: string,
    answer: (
      event: { senderFrame: { url: string; parent: unknown } | null },
      ...args: unknown[]
    ) => Promise<unknown>,
  ) => void,
  handlers: Handlers,
  refuse: (refusal: Refusal) => void,
): void {
  for (const verb of Object.keys(verbs) as Verb[]) {
    handle(verb, async (event, ...args) => {
      const frame = event.senderFrame;
      if (
        frame === null ||
        frame.parent !== null ||
        !isOurs(frame.url) ||
        !Value.Check(verbs[verb], args)
      ) {
        refuse({ what: 'ipc', detail: verb });
        throw new Error('refused');
      }
      return (handlers[verb] as (...args: unknown[]) => Promise<unknown>)(...args);
    });
  }
}

type PinVerb = Extract<Verb, `pin.${string}`>;

export function pinHandlers(lock: MainPinLock): Pick<Handlers, PinVerb> {
  return {
    'pin.set': (name, typed, secret) => lock.set(name, typed, secret),
    'pin.open': (name, typed) => lock.open(name, typed),
    'pin.accounts': () => lock.accounts(),
    'pin.forget': (name) => lock.forget(name),
  };
}

export function vaultHandlers(vault: Vault): Pick<Handlers, Extract<Verb, `vault.${string}`>> {
  return {
    'vault.terminalKey': () => vault.terminalKey(),
    'vault.sign': (data) => vault.sign(data),
    'vault.issuingChain': () => vault.issuingChain(),
    'vault.issuingPublicKey': () => vault.issuingPublicKey(),
    'vault.issuingSign': (data) => vault.issuingSign(data),
    'vault.keepIssuingChain': (chain) => vault.keepIssuingChain(chain),
    'vault.storeKey': () => vault.storeKey(),
    'vault.createVisitKey': (name) => vault.createVisitKey(name),
    'vault.openVisitKey': (name) => vault.openVisitKey(name),
    'vault.destroyVisitKey': (name) => vault.destroyVisitKey(name),
    'vault.visits': () => vault.visits(),
  };
}
