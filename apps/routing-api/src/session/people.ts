import type { Account } from './store.ts';

/** A demonstration account; its password is no secret. */
export interface DemonstrationAccount extends Account {
  readonly password: string;
}

const password = 'demo';

/** Everyone who can sign in to a demonstration. All people are made up. */
export const demonstrationPeople: readonly DemonstrationAccount[] = [
  { account: 'window3', password, name: '何敏', role: 'counter', hall: 'nanhu', window: '3' },
  { account: 'desk-police', password, name: '高远', role: 'desk', department: 'police' },
  { account: 'desk-health', password, name: '宋清', role: 'desk', department: 'health' },
  { account: 'desk-hr', password, name: '许宁', role: 'desk', department: 'human-resources' },
  {
    account: 'desk-insurance',
    password,
    name: '韩露',
    role: 'desk',
    department: 'medical-insurance',
  },
  { account: 'desk-market', password, name: '陆川', role: 'desk', department: 'market' },
  { account: 'supervisor', password, name: '沈亦', role: 'supervisor' },
  {
    account: 'xiaohe',
    password,
    name: '丁小禾',
    role: 'citizen',
    residentId: '320199199403120027',
  },
];

/** What a start shows to whoever tries the demonstration. */
export const demonstrationAccounts: readonly Pick<
  DemonstrationAccount,
  'account' | 'password' | 'name' | 'role'
>[] = demonstrationPeople.map(({ account, name, role }) => ({ account, password, name, role }));
