import {
  type Clock,
  type CredentialFailure,
  type FieldFault,
  type IdentityEvidence,
  type IdReader,
  type ReaderFailure,
  type StoreFailure,
  type TrustList,
  typedIdentity,
  type Visit,
  verifyCredential,
} from '@tongban/core';
import { credentialOf, useHandScan } from '@tongban/ui';
import { Act, EvidenceRows, type Shown, shownDocuments } from '@tongban/ui/staff';
import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReaderSimulator } from './filings.ts';
import { useVisit } from './useVisit.ts';

/** Milliseconds without an answer after which the reader waits for a card: none that was read lies there any more. */
const waits = 5_000;

type Trouble =
  | { readonly of: 'field'; readonly why: FieldFault }
  | { readonly of: 'credential'; readonly why: CredentialFailure }
  | { readonly of: 'reader'; readonly why: ReaderFailure };

/** Who the citizen is: card on the reader, code from a hand scanner, or the number typed with the document seen. */
export function IdentityBlock(props: {
  readonly visit: Visit;
  readonly clock: Clock;
  readonly trust: () => TrustList;
  readonly reader: IdReader | undefined;
  readonly simulator: ReaderSimulator | undefined;
  onFailure(failure: StoreFailure): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { visit, clock } = props;
  const { draft } = useVisit(visit);
  const [again, setAgain] = useState(false);
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [shown, setShown] = useState<Shown>();
  const [trouble, setTrouble] = useState<Trouble>();
  const reading = useRef<AbortController>(undefined);
  const [waiting, setWaiting] = useState(false);
  const [bug, setBug] = useState<{ readonly error: unknown }>();
  const id = useId();
  useEffect(() => () => reading.current?.abort(), []);

  async function take(evidence: IdentityEvidence) {
    // A reading that goes on would take the next card near it for this citizen's, and clear the form of the other.
    reading.current?.abort();
    setWaiting(false);
    const kept = await visit.identify(evidence);
    if (!kept.ok) return props.onFailure(kept.error);
    setTrouble(undefined);
    setAgain(false);
    setNumber('');
    setName('');
    setShown(undefined);
  }

  async function read(reader: IdReader) {
    reading.current?.abort();
    const abort = new AbortController();
    reading.current = abort;
    setWaiting(true);
    setTrouble(undefined);
    let card = await reader.read(abort.signal);
    while (card?.ok === false && card.error === 'lift-card') {
      setTrouble({ of: 'reader', why: card.error });
      const timer = setTimeout(
        () => setTrouble((now) => (now?.why === 'lift-card' ? undefined : now)),
        waits,
      );
      card = await reader.read(abort.signal);
      clearTimeout(timer);
    }
    if (abort.signal.aborted) return;
    setWaiting(false);
    if (card === undefined) return;
    if (card.ok) await take(card.value);
    else setTrouble({ of: 'reader', why: card.error });
  }

  /** Answers why the code proves nobody. */
  async function takeCode(code: string): Promise<CredentialFailure | undefined> {
    const verified = await verifyCredential(code, props.trust(), clock);
    if (!verified.ok) return verified.error;
    await take(verified.value);
    return undefined;
  }

  const known = draft.evidence.length > 0 && !again;
  useHandScan(
    async (code) => {
      if (known) return t('scanned.known');
      const failure = await takeCode(credentialOf(code) ?? '');
      return failure && t(`fault:credential.${failure}`);
    },
    { kinds: ['credential', 'sd-jwt-vc'] },
  );

  async function submit() {
    const text = number.trim();
    // The code of a credential may be pasted where a number would be typed.
    if (text.split('.').length >= 3) {
      const failure = await takeCode(text);
      if (failure !== undefined) setTrouble({ of: 'credential', why: failure });
      return;
    }
    const typed = typedIdentity(text, name, clock);
    if (!typed.ok) return setTrouble({ of: 'field', why: typed.error });
    // Seen beside the person by staff it is more than declared, but nothing proved it: a chip was not read.
    await take(
      shown === undefined
        ? typed.value
        : {
            ...typed.value,
            source: 'staff',
            assurance: 'read',
            attributes: { ...typed.value.attributes, shown },
          },
    );
  }

  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    void submit();
  };

  // Else the button would say for good that a card is waited for.
  if (bug !== undefined) throw bug.error;
  if (known) {
    return (
      <div className="filing-known">
        <EvidenceRows evidence={draft.evidence} filing={draft.filing} />
        <Act name={t('filing.otherPerson')} onPress={() => setAgain(true)} />
      </div>
    );
  }
  const { reader } = props;
  return (
    <form className="filing-identity" onSubmit={onSubmit} noValidate>
      <div>
        <label htmlFor={`${id}n`}>{t('filing.number')}</label>
        <input
          id={`${id}n`}
          className="st-field"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          value={number}
          aria-describedby={`${id}f`}
          onChange={(event) => setNumber(event.target.value)}
        />
      </div>
      <div>
        <label htmlFor={`${id}m`}>{t('filing.name')}</label>
        <input
          id={`${id}m`}
          className="st-field"
          autoComplete="off"
          lang="zh-CN"
          value={name}
          aria-describedby={`${id}f`}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div>
        <label htmlFor={`${id}s`}>{t('decide.shown')}</label>
        <select
          id={`${id}s`}
          className="st-field"
          value={shown ?? ''}
          onChange={(event) => setShown(shownDocuments.find((one) => one === event.target.value))}
        >
          <option value="">{t('filing.shownNone')}</option>
          {shownDocuments.map((one) => (
            <option key={one} value={one}>
              {t(`shown.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <Act name={t('filing.identify')} tone="second" type="submit" />
      {reader !== undefined && (
        <Act
          name={waiting ? t('filing.reading') : t('filing.read')}
          busy={waiting}
          onPress={() => read(reader).catch((error: unknown) => setBug({ error }))}
        />
      )}
      {props.simulator !== undefined && (
        <Simulator simulator={props.simulator} id={`${id}c`} disabled={!waiting} />
      )}
      {again && <p className="filing-clears">{t('filing.otherPersonClears')}</p>}
      <p className="st-fault" id={`${id}f`} role="alert">
        {trouble !== undefined &&
          t(`fault:${trouble.of}.${trouble.why}`, {
            label: t(trouble.why === 'not-a-name' ? 'filing.name' : 'filing.number'),
          })}
      </p>
    </form>
  );
}

/** The reader of a demonstration has no slot: its card is chosen here, and what it reads says that it is simulated. */
function Simulator(props: {
  readonly simulator: ReaderSimulator;
  readonly id: string;
  readonly disabled: boolean;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { simulator } = props;
  return (
    <div>
      <label htmlFor={props.id}>{t('filing.simulated')}</label>
      <select
        id={props.id}
        className="st-field"
        value=""
        disabled={props.disabled}
        onChange={(event) => {
          const card = simulator.cards.find((one) => one.id === event.target.value);
          if (card === undefined) return;
          simulator.insert(card);
        }}
      >
        <option value="">{t('filing.simulatedCard')}</option>
        {simulator.cards.map((card) => (
          <option key={card.id} value={card.id}>
            {card.attributes.name}
          </option>
        ))}
      </select>
    </div>
  );
}
