import type { KeyLine, StaffText } from '@tongban/ui/staff';
import { choiceKeys } from './decisions.ts';

/** The keys that stand at the foot of the page. */
export function keyLine(t: StaffText): readonly KeyLine[] {
  return [
    [['N'], t('counter.next')],
    [['J'], t('keys.nextRow')],
    [['/'], t('keys.search')],
    [['F'], t('counter.new')],
    [['F8'], t('act.accept')],
    [['F9'], t('act.accept-with-gap')],
    [['F10'], t('act.request-supplement')],
    [['P'], t('counter.print')],
    [['?'], t('help.open')],
  ];
}

/** Every key of the counter, in the groups that the help shows. */
export function keyGroups(t: StaffText): readonly { title: string; lines: readonly KeyLine[] }[] {
  return [
    {
      title: t('keys.find'),
      lines: [
        [['N'], t('counter.next')],
        [['J'], t('keys.nextRow')],
        [['K'], t('keys.previousRow')],
        [['/'], t('keys.search')],
        [['F'], t('counter.new')],
        [['O'], t('tray.open')],
        [['T'], t('terminal:board.open')],
      ],
    },
    {
      title: t('keys.read'),
      lines: [
        [['1'], t('tab.form')],
        [['2'], t('tab.materials')],
        [['3'], t('tab.compare')],
        [['4'], t('tab.papers')],
        [['5'], t('tab.record')],
        [['P'], t('counter.print')],
      ],
    },
    {
      title: t('keys.decide'),
      lines: [
        ...(
          [
            'take-supplement',
            'resolve-correction',
            'confirm-identity',
            'accept',
            'accept-with-gap',
            'request-supplement',
            'refuse',
          ] as const
        ).map((choice): KeyLine => [[choiceKeys[choice]], t(`act.${choice}`)]),
        [['F2'], t('handin.open')],
        [['1', '…', '9'], t('keys.reasons')],
        [['Ctrl', 'Enter'], t('keys.send')],
      ],
    },
  ];
}
