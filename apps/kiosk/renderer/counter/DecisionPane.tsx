import type { Catalogue, Language } from '@tongban/core';
import { shortDate, timeOfDay } from '@tongban/ui';
import { Act, DecisionForm, faultWords, Key, type Names } from '@tongban/ui/staff';
import i18next from 'i18next';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, choiceCards, choiceKeys, lacking } from './decisions.ts';
import type { Merged } from './merged.ts';
import type { Deciding } from './useDeciding.ts';

/** How long a promise may take. */
export interface GapTerm {
  readonly days: number;
  /** ISO date. */
  readonly until: string;
}

/** The right pane: what is missing, and what to do about it. */
export function DecisionPane(props: {
  readonly merged: Merged;
  readonly deciding: Deciding;
  readonly catalogue: Catalogue;
  readonly names: Names;
  weight(material: string): 'main' | 'secondary' | undefined;
  /** Working days and last day, were it accepted now. */
  gapTerm(material: string): GapTerm | undefined;
  /** Said under the gaps, e.g. that something was taken in. */
  readonly note: string | undefined;
  /** Absent when nothing is asked for. */
  readonly onHandIn: (() => void) | undefined;
  onPrint(): void;
  onNext(): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { merged, deciding, names } = props;
  const cards = choiceCards(merged);
  const gaps = lacking(merged.cases);
  const fault = deciding.fault === undefined ? undefined : faultWords(deciding.fault, t);
  const { choice, decision } = deciding;

  return (
    <section className="counter-miss" aria-label={t('counter.decide')}>
      <div className="counter-miss-body">
        <Lacking {...props} gaps={gaps} />
        {props.note !== undefined && <p role="status">{props.note}</p>}
        {props.onHandIn !== undefined && (
          <Act name={t('handin.open')} keys={['F2']} onPress={props.onHandIn} />
        )}
        {deciding.done === undefined && (
          <>
            <h2 className="counter-what">{t('counter.whatToDo')}</h2>
            <fieldset className="counter-choices">
              <legend className="spoken">{t('counter.whatToDo')}</legend>
              {cards.map((card) => (
                <Card
                  key={card.choice}
                  choice={card.choice}
                  chosen={card.choice === choice}
                  closed={card.closed && t(`closed.${card.closed}`, { count: gaps.length })}
                  onChoose={() => deciding.choose(card.choice)}
                >
                  {card.choice === 'accept-with-gap' && <GapTerms {...props} gaps={gaps} />}
                  {decision !== undefined && hasForm(card.choice) && (
                    <DecisionForm
                      decision={decision}
                      catalogue={props.catalogue}
                      names={names}
                      materials={merged.materials.map((one) => one.material)}
                      onChange={deciding.write}
                    >
                      {null}
                    </DecisionForm>
                  )}
                </Card>
              ))}
            </fieldset>
          </>
        )}
      </div>
      {deciding.done !== undefined ? (
        <div className="counter-done" role="status">
          <p>
            {t(`done.${deciding.done.choice}`, {
              time: timeOfDay(deciding.done.at, i18n.language as Language),
            })}
          </p>
          <Act name={t('counter.print')} keys={['P']} tone="primary" onPress={props.onPrint} />
          <Act name={t('counter.nextOne')} keys={['N']} onPress={props.onNext} />
        </div>
      ) : (
        <>
          {fault !== undefined && (
            <p className="st-fault" role="alert">
              {fault.text}
              {fault.correlation !== undefined && (
                <small>{t('fault.correlation', { correlation: fault.correlation })}</small>
              )}
            </p>
          )}
          <Act
            name={choice === undefined ? t('counter.choose') : t(`send.${choice}`)}
            keys={['Ctrl', 'Enter']}
            tone={choice === 'refuse' ? 'danger' : 'primary'}
            why={whyNot(deciding, t)}
            busy={deciding.busy}
            onPress={() => void deciding.send()}
          />
        </>
      )}
    </section>
  );
}

/** Accepting asks for nothing more; its terms stand on the card. */
const hasForm = (choice: Choice): boolean => choice !== 'accept' && choice !== 'accept-with-gap';

function whyNot(
  deciding: Deciding,
  t: ReturnType<typeof useTranslation<'staff'>>['t'],
): string | undefined {
  if (deciding.choice === undefined) return t('counter.nothingToDecide');
  return deciding.lacks === undefined ? undefined : t(`why.${deciding.lacks}`);
}

function Lacking(props: {
  readonly merged: Merged;
  readonly gaps: readonly string[];
  readonly names: Names;
  weight(material: string): 'main' | 'secondary' | undefined;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { gaps, merged, names } = props;
  const { corrections } = merged;
  const secondary = gaps.every((one) => props.weight(one) === 'secondary');
  return (
    <>
      <div className="counter-big">
        <b>{gaps.length}</b>
        <div>
          <h2>{t('lacking.count', { count: gaps.length })}</h2>
          <p>
            {gaps.length === 0 && t('lacking.none')}
            {gaps.length > 0 && t(secondary ? 'lacking.secondary' : 'lacking.main')}
          </p>
        </div>
      </div>
      {corrections.map((one) => (
        <div className="counter-gap" key={`${one.fault} ${one.about}`}>
          <b>{names.anything(one.about)}</b>
          <span>{t('counter.correction')}</span>
          <p>
            {i18next.exists(`staff:correction.${one.fault}`)
              ? t(`correction.${one.fault}`)
              : one.fault}
          </p>
        </div>
      ))}
      {gaps.map((material) => (
        <div className="counter-gap" key={material}>
          <b>{names.material(material)}</b>
          <span>{t(`material.${props.weight(material) ?? 'secondary'}`)}</span>
        </div>
      ))}
    </>
  );
}

function GapTerms(props: {
  readonly gaps: readonly string[];
  readonly names: Names;
  gapTerm(material: string): GapTerm | undefined;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  const terms = props.gaps.flatMap((one) => props.gapTerm(one) ?? []);
  const first = terms.toSorted((a, b) => a.days - b.days)[0];
  const list = new Intl.ListFormat(language);
  return (
    <dl className="counter-terms">
      <dt>{t('gap.promised')}</dt>
      <dd>{list.format(props.gaps.map((one) => props.names.material(one)))}</dd>
      {first !== undefined && (
        <>
          <dt>{t('gap.term')}</dt>
          <dd>{t('gap.until', { day: shortDate(first.until, language), count: first.days })}</dd>
        </>
      )}
      <dt>{t('gap.overdue')}</dt>
      <dd>{t('gap.overdueEnds')}</dd>
      <dt>{t('gap.paper')}</dt>
      <dd>{t('gap.paperSigned')}</dd>
    </dl>
  );
}

function Card(props: {
  readonly choice: Choice;
  readonly chosen: boolean;
  readonly closed: string | undefined;
  readonly children: ReactNode;
  onChoose(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const id = useId();
  const { choice, chosen, closed } = props;
  const kind = closed !== undefined ? 'off' : chosen ? 'on' : 'open';
  return (
    <div className={`counter-card counter-card-${kind}`}>
      <Key>{choiceKeys[choice]}</Key>
      <div>
        <label>
          <input
            className="spoken"
            type="radio"
            name="choice"
            checked={chosen}
            aria-disabled={closed !== undefined}
            aria-describedby={id}
            aria-keyshortcuts={choiceKeys[choice]}
            onChange={props.onChoose}
          />
          <b>{t(`act.${choice}`)}</b>
          <span id={id}>{closed ?? t(`card.${choice}`)}</span>
        </label>
        {chosen && closed === undefined && props.children}
      </div>
    </div>
  );
}
