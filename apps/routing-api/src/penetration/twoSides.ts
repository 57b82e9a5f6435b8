import { createHash } from 'node:crypto';
import { shippedCatalogue } from '@tongban/catalogue';
import { base64url, type Receipt, systemRandom } from '@tongban/core';
import { beginVouched } from '../session/provider/accounts.ts';
import { type Account, sessionStore } from '../session/store.ts';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';

/** A hall with its terminals and clerk, the desk of its district, and a citizen with two cases and more under way. */
export interface Side {
  readonly hall: string;
  readonly kiosk: Device;
  readonly counter: Device;
  readonly phone: Device;
  /** Cookies of who is signed in. */
  readonly clerk: string;
  readonly desk: string;
  readonly citizen: string;
  readonly clerkName: string;
  readonly citizenName: string;
  /** Of a case handed in at the kiosk, decided by the desk. */
  readonly receipt: Receipt;
  /** Of one handed in on the phone. */
  readonly phoneReceipt: Receipt;
  readonly envelope: ReturnType<ReturnType<typeof makeApplicant>['packed']>['envelope'];
  /** A paper of the case, as it is asked for. */
  readonly address: string;
  /** A file that the kiosk has begun to send, and its bytes. */
  readonly upload: { readonly address: string; readonly bytes: Uint8Array };
  /** A file as it goes in one piece. */
  readonly file: { readonly address: string; readonly bytes: Uint8Array };
  /** A draft on its way from the phone, which the kiosk has taken. */
  readonly locator: string;
  /** What nobody of the other side may ever read. */
  readonly planted: readonly string[];
}

/** Two halls, two departments, two citizens; nothing of the one is the other's business. */
export async function makeTwoSides() {
  const centre = await runCentre({ catalogue: shippedCatalogue });
  const nanhu = await makeSide(centre, {
    hall: 'nanhu',
    street: '320199101000',
    address: '桂子路 18 号 2 栋 601 室',
    person: people.mother,
    clerk: '何静',
    desk: '高朗',
  });
  const beita = await makeSide(centre, {
    hall: 'beita',
    street: '320199201000',
    address: '书院街 7 号 402 室',
    person: people.father,
    clerk: '苏曼',
    desk: '沈岳',
  });
  const supervisor = await signedIn(centre, {
    account: 'supervisor-city',
    name: '程立',
    role: 'supervisor',
  });
  return { centre, sides: [nanhu, beita] as const, supervisor };
}
export type TwoSides = Awaited<ReturnType<typeof makeTwoSides>>;

interface SideSaid {
  readonly hall: string;
  readonly street: string;
  readonly address: string;
  readonly person: (typeof people)['mother' | 'father'];
  readonly clerk: string;
  readonly desk: string;
}

async function makeSide(centre: RunningCentre, said: SideSaid): Promise<Side> {
  const { hall, person } = said;
  const device = async (profile: 'kiosk' | 'counter' | 'phone') => {
    const made = await makeDevice(centre.origin, centre.clock);
    await made.enrol(profile, profile === 'phone' ? {} : { hall });
    return made;
  };
  const [kiosk, counter, phone] = [
    await device('kiosk'),
    await device('counter'),
    await device('phone'),
  ];
  const atKiosk = await handIn(centre, kiosk, '9', said);
  const onPhone = await handIn(centre, phone, '3', said);

  const locator = base64url(systemRandom.bytes(16));
  await phone.ask('PUT', `/api/v1/handovers/${locator}`, systemRandom.bytes(200));
  await kiosk.ask('POST', `/api/v1/handovers/${locator}/take`);

  const [upload, file] = [addressed(300), addressed(200)];
  await kiosk.ask('POST', '/api/v1/uploads', undefined, beginning(upload));

  const clerk: Account = {
    account: `clerk-${hall}`,
    name: said.clerk,
    role: 'counter',
    hall,
    window: '1',
  };
  const desk: Account = {
    account: `desk-${hall}`,
    name: said.desk,
    role: 'desk',
    department: `police-${hall}`,
  };
  const citizen: Account = {
    account: `citizen-${hall}`,
    name: person.name,
    role: 'citizen',
    residentId: person.residentId,
  };
  const deskCookie = await signedIn(centre, desk);
  const detail = await fetch(`${centre.origin}/api/v1/cases/${atKiosk.receipt.number}`, {
    headers: { cookie: deskCookie },
  });
  const { papers } = (await detail.json()) as { papers: readonly { readonly address: string }[] };
  return {
    ...{ hall, kiosk, counter, phone, locator, upload, file },
    clerk: await signedIn(centre, clerk),
    desk: deskCookie,
    citizen: await signedIn(centre, citizen),
    clerkName: clerk.name,
    citizenName: citizen.name,
    receipt: atKiosk.receipt,
    phoneReceipt: onPhone.receipt,
    envelope: atKiosk.envelope,
    address: papers[0]?.address ?? '',
    planted: [
      ...[person.name, person.residentId, said.address, clerk.name, desk.name],
      ...[atKiosk.receipt.secret, onPhone.receipt.secret],
    ],
  };
}

function addressed(size: number): Side['file'] {
  const bytes = systemRandom.bytes(size);
  return { bytes, address: createHash('sha256').update(bytes).digest('base64url') };
}

/** What begins an upload by the tus protocol. */
export function beginning({ address, bytes }: Side['file']): Record<string, string> {
  return {
    'tus-resumable': '1.0.0',
    'upload-length': String(bytes.length),
    'upload-metadata': `address ${Buffer.from(address).toString('base64')}`,
  };
}

async function handIn(
  centre: RunningCentre,
  device: Device,
  channel: '9' | '3',
  { person, street, address }: SideSaid,
) {
  const applicant = makeApplicant(device, centre.clock, channel);
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(person, centre.clock), {
    'residence.street': street,
    'residence.address': address,
  });
  const receipt = await applicant.submit(visit);
  const { envelope } = applicant.packed();
  await applicant.deliver();
  await centre.judging.settled();
  return { receipt, envelope };
}

/** The cookie of somebody whom the city's provider vouched for. */
async function signedIn({ centre }: RunningCentre, account: Account): Promise<string> {
  const store = sessionStore(centre);
  const begun = await beginVouched(centre, store, 'https://id.example', account);
  if (!begun.ok) throw new Error(begun.error);
  return `tongban_session=${begun.value}`;
}
