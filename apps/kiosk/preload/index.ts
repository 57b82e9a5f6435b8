import { contextBridge, ipcRenderer } from 'electron';
import type { Profile, TongbanBridge } from '../bridge.ts';

const argument = (name: string) =>
  process.argv.find((arg) => arg.startsWith(name))?.slice(name.length);
const ask = (verb: string, ...args: unknown[]) => ipcRenderer.invoke(verb, ...args);

const bridge: TongbanBridge = {
  profile: (argument('--tongban-profile=') ?? 'self-service') as Profile,
  demonstration: process.argv.includes('--tongban-demonstration'),
  installation: () => ask('installation'),
  vault: {
    terminalKey: () => ask('vault.terminalKey'),
    sign: (bytes) => ask('vault.sign', bytes),
    issuingChain: () => ask('vault.issuingChain'),
    issuingPublicKey: () => ask('vault.issuingPublicKey'),
    issuingSign: (bytes) => ask('vault.issuingSign', bytes),
    keepIssuingChain: (chain) => ask('vault.keepIssuingChain', chain),
    storeKey: () => ask('vault.storeKey'),
    createVisitKey: (visit) => ask('vault.createVisitKey', visit),
    openVisitKey: (visit) => ask('vault.openVisitKey', visit),
    destroyVisitKey: (visit) => ask('vault.destroyVisitKey', visit),
    visits: () => ask('vault.visits'),
  },
  saveExport: (name, bytes) => ask('saveExport', name, bytes),
  pin: {
    set: (account, pin, secret) => ask('pin.set', account, pin, secret),
    open: (account, pin) => ask('pin.open', account, pin),
    accounts: () => ask('pin.accounts'),
    forget: (account) => ask('pin.forget', account),
  },
  ...(process.argv.includes('--tongban-card-reader') && {
    cardReader: {
      read: (call) => ask('reader.read', call),
      stop: (call) => ask('reader.stop', call),
    },
  }),
  ...(process.argv.includes('--tongban-hand-scanner') && {
    handScanner: { next: () => ask('scanner.next') },
  }),
  endVisit: () => ask('endVisit'),
};

contextBridge.exposeInMainWorld('tongban', bridge);
