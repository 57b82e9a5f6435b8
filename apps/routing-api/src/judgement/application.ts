import {
  type ApplicationManifest,
  type Catalogue,
  parseCaseNumber,
  route,
  type ServiceItem,
  suffices,
  valuesOf,
} from '@tongban/core';
import { examineAnswers } from './answers.ts';
import { type Arrived, sealerFaults } from './arrived.ts';
import { weigh } from './assurance.ts';
import { catalogueId } from './catalogueId.ts';
import type { Fault } from './fault.ts';
import { examineMaterials } from './materials.ts';
import { examinePapers, type PaperVerdict } from './papers.ts';
import { lookUp, type RegisterMatch } from './register.ts';
import type { Rooms } from './rooms.ts';

/** One item of a submission, looked at; nothing is decided or written yet. */
export interface ExaminedCase {
  readonly caseNumber: string;
  /** `undefined` when the catalogue it was sealed under does not have it. */
  readonly item: ServiceItem | undefined;
  readonly itemId: string;
  /** Items of the same submission that must be concluded first. */
  readonly after: readonly string[];
  readonly department: string;
  readonly rule: number;
  readonly confirmed: boolean;
  readonly faults: readonly Fault[];
  readonly papers: readonly PaperVerdict[];
  readonly register: readonly RegisterMatch[];
}

/** Looks at a whole application, by the catalogue version it was sealed under. */
export async function examineApplication(
  rooms: Rooms,
  arrived: Arrived,
  manifest: ApplicationManifest,
): Promise<ExaminedCase[]> {
  const catalogue = await rooms.centre.catalogueOf(manifest.catalogueVersion);
  const common = await commonFaults(rooms, arrived, manifest, catalogue);
  const cases: ExaminedCase[] = [];
  for (const { item: itemId, caseNumber } of manifest.cases) {
    const item = catalogue?.items.find((one) => one.id === itemId);
    cases.push(
      catalogue === undefined || item === undefined
        ? unplaceable(itemId, caseNumber, [
            ...common.faults,
            ...(catalogue ? [unknown(itemId)] : []),
          ])
        : await examineCase(rooms, arrived, manifest, { catalogue, item, caseNumber, common }),
    );
  }
  return cases;
}

interface Common {
  readonly faults: readonly Fault[];
  readonly assurance: Awaited<ReturnType<typeof weigh>>['assurance'];
}

const unknown = (about: string): Fault => ({ fault: 'item-unknown', about: catalogueId(about) });

/** What is wrong with the submission as a whole; it stands at each of its cases. */
async function commonFaults(
  rooms: Rooms,
  arrived: Arrived,
  manifest: ApplicationManifest,
  catalogue: Catalogue | undefined,
): Promise<Common> {
  const { sealer, receivedAt } = arrived;
  const faults: Fault[] = [...sealerFaults(arrived)];
  const weighed = await weigh(
    manifest.evidence,
    sealer?.profile,
    rooms.trust,
    new Date(receivedAt),
  );
  if (catalogue === undefined) faults.push({ fault: 'catalogue-unknown', about: '' });
  else if (
    manifest.bundle !== undefined &&
    !catalogue.bundles.some(({ id }) => id === manifest.bundle)
  ) {
    faults.push({ fault: 'bundle-unknown', about: catalogueId(manifest.bundle) });
  }
  if (sealer === undefined) faults.push({ fault: 'terminal-unknown', about: '' });
  if (manifest.filing.mode === 'assisted' && sealer?.profile !== 'counter') {
    faults.push({ fault: 'assisted-elsewhere', about: '' });
  }
  if (weighed.forged) faults.push({ fault: 'credential-invalid', about: '' });
  const target = manifest.bundle ?? manifest.cases[0]?.item ?? '';
  if (!manifest.consents.some(({ kind, item }) => kind === 'notice' && item === target)) {
    faults.push({ fault: 'consent-missing', about: catalogueId(target) });
  }
  return { faults, assurance: weighed.assurance };
}

async function examineCase(
  rooms: Rooms,
  arrived: Arrived,
  manifest: ApplicationManifest,
  about: { catalogue: Catalogue; item: ServiceItem; caseNumber: string; common: Common },
): Promise<ExaminedCase> {
  const { catalogue, item, caseNumber, common } = about;
  const values = valuesOf(manifest.answers);
  const sealedAt = new Date(
    Math.min(Date.parse(manifest.sealedAt), Date.parse(arrived.receivedAt)),
  );
  // Taken into custody then: what was signed under a certificate revoked later stands.
  const papers = await examinePapers(rooms.centre, item.id, manifest.papers, {
    authorities: rooms.authorities,
    revoked: await rooms.revoked(),
    provenAt: new Date(arrived.receivedAt),
  });
  const { department, rule } = route(item, values);
  const faults = [
    ...common.faults,
    ...(parseCaseNumber(caseNumber) === caseNumber
      ? []
      : [{ fault: 'case-number-unusable', about: '' } as const]),
    ...consentFaults(manifest, item),
    ...examineAnswers(item, catalogue, values, sealedAt),
    ...(await examineMaterials(rooms.centre, item, manifest.materials, values)),
    ...papers.faults,
  ];
  const bundle = catalogue.bundles.find(({ id }) => id === manifest.bundle);
  const own = new Set(manifest.cases.map((one) => one.item));
  return {
    caseNumber,
    item,
    itemId: item.id,
    after: (bundle?.items.find((one) => one.item === item.id)?.after ?? []).filter((id) =>
      own.has(id),
    ),
    department,
    rule,
    confirmed: suffices(common.assurance, item.minimumAssurance),
    faults,
    papers: papers.verdicts,
    register: await lookUp(rooms.register, item, catalogue, values),
  };
}

function consentFaults(manifest: ApplicationManifest, item: ServiceItem): Fault[] {
  if (item.separateConsent === undefined) return [];
  const given = manifest.consents.some(
    (consent) => consent.kind === 'separate' && consent.item === item.id,
  );
  return given ? [] : [{ fault: 'consent-missing', about: item.id }];
}

/** A case that no rule can route: it is kept, and a counter looks at it. */
function unplaceable(itemId: string, caseNumber: string, faults: readonly Fault[]): ExaminedCase {
  return {
    caseNumber,
    item: undefined,
    itemId: catalogueId(itemId),
    after: [],
    department: '',
    rule: -1,
    confirmed: false,
    faults,
    papers: [],
    register: [],
  };
}
