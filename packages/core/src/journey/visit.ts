import type { JWK } from 'jose';
import type { Channel } from '../case/caseNumber.ts';
import type { Catalogue, Material, Question, ServiceItem } from '../catalogue/schema.ts';
import type { Difference } from '../compare/difference.ts';
import type { PaperFonts } from '../document/index.ts';
import type { FieldFault } from '../form/fault.ts';
import type { IdentityEvidence } from '../identity/evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyVault } from '../ports/keyVault.ts';
import type { DraftStore, Outbox, StoreFailure } from '../ports/localStore.ts';
import type { Random } from '../ports/random.ts';
import type { Result } from '../result.ts';
import type { AnswerSource, Filing } from '../seal/manifest.ts';
import type { Appearance } from '../sign/index.ts';
import type { Language } from '../text/language.ts';
import type { LocalText } from '../text/locale.ts';
import type { Draft, StepId, Target } from './draft.ts';
import type { Receipt } from './receipt.ts';

/** What a visit needs from the place it happens in. */
export interface VisitPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: KeyVault;
  readonly store: DraftStore;
  readonly outbox: Outbox;
  /** The one in force now: a newer one may come while an application is open. */
  readonly catalogue: () => Catalogue;
  readonly channel: Channel;
  readonly appVersion: string;
  /** The centre's public encryption key, kept since the last contact; `undefined` before the first. */
  readonly centreKey: () => Promise<JWK | undefined>;
  /** Loaded when the papers are drawn, never before. `undefined`: not here yet, and no line to fetch it by. */
  readonly fonts: () => Promise<PaperFonts | undefined>;
}

/** A target with everything that follows from the catalogue. A bundle asks each field once. */
export interface Plan {
  readonly target: Target;
  readonly name: LocalText;
  readonly summary: LocalText;
  readonly items: readonly { readonly item: ServiceItem; readonly after: readonly string[] }[];
  readonly questions: readonly Question[];
  /** Merged by material id; `items` that name it. */
  readonly materials: readonly { readonly material: Material; readonly items: readonly string[] }[];
  readonly minutes: number;
  /** Promised working days until the last item is concluded, along the longest chain of dependencies. */
  readonly days: number;
  readonly minimumAssurance: ServiceItem['minimumAssurance'];
  readonly notice: LocalText;
  readonly separateConsents: readonly { readonly item: string; readonly text: LocalText }[];
  readonly declaration: LocalText;
}

/** Where the person is and what is left; everything a screen shows, derived from the draft. */
export interface VisitSnapshot {
  readonly draft: Draft;
  /** What this application follows. */
  readonly catalogue: Catalogue;
  readonly plan: Plan;
  /** Questions that apply to the answers so far. */
  readonly questions: readonly Question[];
  readonly materials: readonly {
    readonly material: Material;
    readonly needed: boolean;
    readonly exempt: boolean;
  }[];
  /** What is wrong with answers given, in the order of the questions. What was not answered is `missing`. */
  readonly faults: readonly { readonly field: string; readonly fault: FieldFault }[];
  readonly differences: readonly Difference[];
  /** Still to do before signing. */
  readonly missing: readonly (
    | { readonly kind: 'field'; readonly field: string }
    | { readonly kind: 'material'; readonly material: string }
    | { readonly kind: 'identity' }
    | { readonly kind: 'consent' }
  )[];
  readonly minutesLeft: number;
  /** Evidence is below an item's minimum: the case is taken and waits for a counter. */
  readonly needsConfirmation: boolean;
  readonly receipt?: Receipt;
}

export type AttachFailure = StoreFailure | 'too-large' | 'wrong-kind' | 'torn' | 'too-many';
export type SubmitFailure =
  | StoreFailure
  | 'incomplete'
  | 'not-signed'
  | 'catalogue-expired'
  /** The one it was filled in under had expired, and it follows a newer one from now on: papers are to be read and signed anew. */
  | 'catalogue-renewed'
  /** Never in contact with the centre, so there is no key to seal to. Nothing is lost. */
  | 'centre-unknown'
  /** This submission was handed in before, with another content: that one counts. */
  | 'another-stands';
export type SignFailure = StoreFailure | PaperFailure | 'incomplete' | 'catalogue-renewed';
/** The papers cannot be drawn before their font is here. Nothing is lost. */
export type PaperFailure = 'font-missing';
export type BeginFailure = StoreFailure | 'unknown-item' | 'catalogue-expired';

/** A paper as the signer sees it. */
export interface UnsignedPaper {
  readonly item: string;
  /** Kind of paper: `application-form`, `gap-commitment` (容缺受理承诺书), `commitment` (告知承诺书). */
  readonly paper: string;
  /** As printed on it, zh-CN. */
  readonly title: string;
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Characters the font lacks, drawn as their code points. */
  readonly drawnAsCodePoint: readonly string[];
}

/**
 * One application, from choice to receipt. Every change is on the disk before the snapshot shows it,
 * so that what the person sees is what survives a power cut.
 */
export interface Visit {
  snapshot(): VisitSnapshot;
  subscribe(listener: () => void): () => void;
  goTo(step: StepId): Promise<Result<void, StoreFailure>>;
  setLanguage(language: Language): Promise<Result<void, StoreFailure>>;
  setFiling(filing: Filing): Promise<Result<void, StoreFailure>>;
  /**
   * Adds evidence and prefills every field whose `from` it carries and that nobody typed yet. Evidence of
   * another person takes the place of all that the first one said, showed, agreed to and signed.
   */
  identify(evidence: IdentityEvidence): Promise<Result<void, StoreFailure>>;
  consent(): Promise<Result<void, StoreFailure>>;
  /** An empty value clears the answer. */
  answer(field: string, value: string, source?: AnswerSource): Promise<Result<void, StoreFailure>>;
  /**
   * Adds a photograph or PDF (already resized), judged by its content: JPEG, PNG or PDF, at most 10 MB.
   * `readings` are attributes read from a code on it.
   */
  attach(
    material: string,
    bytes: Uint8Array,
    name: string,
    readings?: Readonly<Record<string, string>>,
  ): Promise<Result<void, AttachFailure>>;
  detach(material: string, address: string): Promise<Result<void, StoreFailure>>;
  /** 容缺: hand it in within the item's days. Only for secondary materials. */
  promise(material: string): Promise<Result<void, StoreFailure | 'not-allowed'>>;
  /** Opens a file of the draft for showing. */
  open(address: string): Promise<Uint8Array | undefined>;
  papers(): Promise<Result<readonly UnsignedPaper[], PaperFailure>>;
  /** Signs every paper in one act with a key made for it, then keeps them. */
  sign(appearance: Appearance): Promise<Result<void, SignFailure>>;
  /** Seals and hands to the outbox; resolves once that is on the disk. A second call returns the same receipt. */
  submit(): Promise<Result<Receipt, SubmitFailure>>;
}
