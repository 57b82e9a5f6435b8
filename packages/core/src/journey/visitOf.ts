import { type Channel, channels } from '../case/caseNumber.ts';
import type { DictionaryField } from '../catalogue/schema.ts';
import { isTorn, largestFile, sniff } from '../file/sniff.ts';
import { asDeclared } from '../identity/assurance.ts';
import type { IdentityEvidence } from '../identity/evidence.ts';
import type { FileAddress } from '../ids.ts';
import type { StoreFailure } from '../ports/localStore.ts';
import { err, ok, type Result } from '../result.ts';
import { openFile, sealFile } from '../seal/file.ts';
import type { Draft, DraftFile } from './draft.ts';
import * as edit from './edit.ts';
import { type Followed, followedBy, isExpired, moved } from './follow.ts';
import { keepDraft, type NewFile } from './keeper.ts';
import { drawPapers, signPapers } from './papers.ts';
import { taskQueue } from './queue.ts';
import { snapshotOf } from './snapshot.ts';
import { submitDraft } from './submit.ts';
import type {
  AttachFailure,
  Plan,
  SignFailure,
  UnsignedPaper,
  Visit,
  VisitPorts,
} from './visit.ts';

/** A visit over a draft that is on the disk. Every operation waits for the one before it. */
export function visitOf(first: Draft, from: Followed, ports: VisitPorts): Visit {
  const { clock, store } = ports;
  let followed = from;
  /** A phone is anyone's: what it read of a document the centre takes for declared, and the person is told so at once. */
  const asHere = ofHall(ports.channel) ? (evidence: IdentityEvidence) => evidence : asDeclared;
  const listeners = new Set<() => void>();
  const inTurn = taskQueue();
  const keeper = keepDraft(first, ports, () => {
    snapshot = snapshotOf(keeper.draft(), followed, clock.now());
    for (const listener of listeners) listener();
  });
  let snapshot = snapshotOf(first, followed, clock.now());
  /** What the person was shown is what they sign, even when midnight falls in between. */
  let drawn: readonly UnsignedPaper[] | undefined;

  /** A change of the content: papers and all that was fixed for sealing fall. */
  const change = async (next: Draft, files: readonly NewFile[] = []) => {
    refuseIfGone(keeper.draft());
    const kept = await keeper.keep(edit.unsigned(next), files);
    if (kept.ok) drawn = undefined;
    return kept;
  };
  const changing = (make: (draft: Draft) => Draft) => inTurn(() => change(make(keeper.draft())));
  const draw = async () => {
    if (drawn !== undefined) return ok(drawn);
    const papers = await drawPapers(keeper.draft(), followed, ports);
    if (papers.ok) drawn = papers.value;
    return papers;
  };
  /**
   * Goes over to the catalogue in force where the one followed so far has expired; says whether it did. Not before:
   * nobody's questions change while they answer, unless they could not be handed in at all.
   */
  const renew = async (): Promise<Result<boolean, StoreFailure>> => {
    const now = ports.catalogue();
    const known = now.version === followed.catalogue.version;
    if (known || !isExpired(followed.catalogue, clock) || isExpired(now, clock)) return ok(false);
    const next = followedBy(now, keeper.draft().target);
    if (next === undefined) return ok(false);
    const before = followed;
    followed = next;
    const kept = await change(moved(keeper.draft(), next, ports));
    if (!kept.ok) followed = before;
    return kept.ok ? ok(true) : kept;
  };
  /** Nobody signs or hands in under a catalogue whose papers they have not seen. */
  const unlessRenewed = async (): Promise<Result<void, StoreFailure | 'catalogue-renewed'>> => {
    const renewed = await renew();
    if (!renewed.ok) return renewed;
    return renewed.value ? err('catalogue-renewed') : ok(undefined);
  };

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    goTo: (step) => inTurn(() => keeper.keep({ ...keeper.draft(), step })),
    setLanguage: (language) =>
      inTurn(async () => {
        const draft = keeper.draft();
        // Opening it anew is no change: a draft that only was looked at keeps its time.
        return language === draft.language ? ok(undefined) : keeper.keep({ ...draft, language });
      }),
    setFiling: (filing) => changing((draft) => ({ ...draft, filing })),
    identify: (evidence) =>
      changing((draft) =>
        edit.withEvidence(draft, fieldsOf(followed), asHere(evidence), clock.now()),
      ),
    consent: () => changing((draft) => edit.withConsent(draft, followed.plan, clock.now())),
    answer: (id, value, source = 'typed') =>
      changing((draft) => {
        const fields = fieldsOf(followed);
        return edit.withAnswer(draft, fields, fieldOf(id, fields), value, source);
      }),
    attach: (id, bytes, name, readings) =>
      inTurn(async (): Promise<Result<void, AttachFailure>> => {
        const { maxFiles } = materialIn(followed.plan, id);
        const { files } = edit.materialOf(keeper.draft(), id);
        if (files.length >= maxFiles) return err('too-many');
        if (bytes.length > largestFile) return err('too-large');
        const type = sniff(bytes);
        if (type === undefined) return err('wrong-kind');
        if (isTorn(bytes, type)) return err('torn');
        const sealed = await sealFile(bytes, type, ports.random);
        const addedAt = clock.now().toISOString();
        const file: DraftFile = { ...sealed.file, name, addedAt, ...(readings && { readings }) };
        const material = edit.materialWith([...files, file]);
        return change(edit.withMaterial(keeper.draft(), id, material), [sealed]);
      }),
    detach: (id, address) =>
      changing((draft) => {
        const files = edit.materialOf(draft, id).files.filter((file) => file.address !== address);
        return edit.withMaterial(draft, id, edit.materialWith(files));
      }),
    promise: (id) =>
      inTurn(async (): Promise<Result<void, StoreFailure | 'not-allowed'>> => {
        const entry = snapshot.materials.find(({ material }) => material.id === id);
        const current = edit.materialOf(keeper.draft(), id);
        const open = entry?.needed === true && !entry.exempt && current.files.length === 0;
        if (!open || entry.material.gapDays === undefined) return err('not-allowed');
        return change(edit.withMaterial(keeper.draft(), id, { ...current, state: 'promised' }));
      }),
    async open(address) {
      const draft = keeper.draft();
      const materials = Object.values(draft.materials).flatMap((material) => material.files);
      const papers = draft.papers.map((paper) => paper.file);
      const file = [...materials, ...papers].find((candidate) => candidate.address === address);
      const ciphertext = file && (await store.getFile(file.address as FileAddress));
      const opened = file && ciphertext && (await openFile(file, ciphertext));
      return opened?.ok === true ? opened.value : undefined;
    },
    papers: () =>
      inTurn(async () => {
        await renew();
        return draw();
      }),
    sign: (appearance) =>
      inTurn(async (): Promise<Result<void, SignFailure>> => {
        refuseIfGone(keeper.draft());
        const same = await unlessRenewed();
        if (!same.ok) return same;
        const name = keeper.draft().evidence.at(-1)?.attributes.name;
        if (snapshot.missing.length > 0 || name === undefined) return err('incomplete');
        const shown = await draw();
        if (!shown.ok) return shown;
        const signed = await signPapers(shown.value, name, appearance, ports);
        const papers = signed.map(({ paper }) => paper);
        return keeper.keep({ ...edit.unsigned(keeper.draft()), papers }, signed);
      }),
    submit: () =>
      inTurn(async () => {
        const known = keeper.draft().receipt;
        if (known !== undefined) return ok(known);
        const same = await unlessRenewed();
        if (!same.ok) return same;
        const submitted = await submitDraft(snapshot, ports, (draft) => keeper.keep(draft));
        if (submitted.ok)
          await keeper.adopt({ ...keeper.draft(), receipt: submitted.value, step: 'receipt' });
        return submitted;
      }),
  };
}

/** What has been sealed or handed over is no longer here to be changed; a screen that tries is wrong. */
function refuseIfGone(draft: Draft) {
  if (draft.receipt !== undefined) throw new Error('This application has been submitted');
  if (draft.handedOverAt !== undefined) throw new Error('This draft was handed over');
}

/** Fields that the application asks. */
function fieldsOf({ catalogue, plan }: Followed): readonly DictionaryField[] {
  const asked = new Set(plan.questions.flatMap(({ fields }) => fields.map(({ field }) => field)));
  return catalogue.dictionary.filter(({ id }) => asked.has(id));
}

function fieldOf(id: string, fields: readonly DictionaryField[]): DictionaryField {
  const field = fields.find((candidate) => candidate.id === id);
  if (field === undefined) throw new Error(`This application does not ask ${id}`);
  return field;
}

function materialIn(plan: Plan, id: string) {
  const entry = plan.materials.find(({ material }) => material.id === id);
  if (entry === undefined) throw new Error(`This application does not ask for ${id}`);
  return entry.material;
}

function ofHall(channel: Channel): boolean {
  return channel === channels.kiosk || channel === channels.counter;
}
