import { spacedCaseNumber } from '@tongban/core';

/** Groups that stand in the first line: place and day. The second holds what tells one case from the next. */
const firstLine = 2;

/** The number of a receipt, grouped for reading aloud and broken where a reader would pause. */
export function CaseNumberLines({
  number,
  small,
}: {
  readonly number: string;
  readonly small?: boolean;
}) {
  const groups = spacedCaseNumber(number).split(' ');
  return (
    <b className={small ? 'casenumber casenumber-small' : 'casenumber'} dir="ltr">
      <span className="nowrap">{groups.slice(0, firstLine).join(' ')}</span>{' '}
      <span className="nowrap">{groups.slice(firstLine).join(' ')}</span>
    </b>
  );
}
