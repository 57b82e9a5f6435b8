import type { KeyLine, StaffText } from '@tongban/ui/staff';

/** Every key of the desk, in the groups that the help shows. */
export function keyGroups(t: StaffText): readonly { title: string; lines: readonly KeyLine[] }[] {
  return [
    {
      title: t('keys.find'),
      lines: [
        [['/'], t('keys.search')],
        [['J', '↓'], t('keys.next')],
        [['K', '↑'], t('keys.previous')],
      ],
    },
    {
      title: t('keys.read'),
      lines: [
        [['['], t('viewer.before')],
        [[']'], t('viewer.after')],
        [['D'], t('keys.nextDocument')],
        [['Shift', 'D'], t('keys.previousDocument')],
      ],
    },
    {
      title: t('keys.decide'),
      lines: [
        [['A'], t('keys.grant')],
        [['B'], t('keys.supplement')],
        [['S'], t('keys.special')],
        [['R'], t('keys.deny')],
        [['1', '…', '9'], t('keys.reasons')],
        [['Ctrl', 'Enter'], t('keys.send')],
        [['Esc'], t('keys.cancel')],
      ],
    },
  ];
}
