import { HomeScreen } from '../home/HomeScreen.tsx';
import { useSession } from '../visit/SessionProvider.tsx';
import { ClosedScreen } from './ClosedScreen.tsx';
import { NotAdmittedScreen } from './NotAdmittedScreen.tsx';
import { useAdmission } from './useAdmission.ts';

/**
 * The terminal at rest: its doors, unless the centre does not let it serve. A visit under way when the centre says so is
 * finished, what it sealed waits.
 */
export function AtHome() {
  const { device } = useSession().terminal;
  const admission = useAdmission(device);
  switch (admission) {
    case 'refused':
    case 'expired':
      return <NotAdmittedScreen device={device} why={admission} />;
    case 'closed':
    case 'revoked':
      return <ClosedScreen />;
    case 'admitted':
    // Before the first contact there is nobody who could have refused: work goes on without a line.
    case 'unknown':
      return <HomeScreen />;
    default:
      return admission satisfies never;
  }
}
