import { AskScreen } from './ask/AskScreen.tsx';
import { CaseScreen } from './case/CaseScreen.tsx';
import { SupplementScreen } from './case/SupplementScreen.tsx';
import { ChooseScreen } from './choose/ChooseScreen.tsx';
import { HelpScreen } from './help/HelpScreen.tsx';
import { HomeScreen } from './home/HomeScreen.tsx';
import type { Route } from './route/route.ts';
import { ScanScreen } from './scan/ScanScreen.tsx';
import { SignInScreen } from './session/SignInScreen.tsx';
import { SettingsScreen } from './settings/SettingsScreen.tsx';
import { BeginScreen } from './visit/BeginScreen.tsx';
import { HandoverScreen } from './visit/HandoverScreen.tsx';
import { JoinScreen } from './visit/JoinScreen.tsx';
import { VisitScreen } from './visit/VisitScreen.tsx';

/** Every screen behind the home. */
export function Further({ route }: { readonly route: Route }) {
  switch (route.at) {
    case 'home':
      return <HomeScreen />;
    case 'choose':
      return <ChooseScreen key={`${route.by} ${route.id}`} by={route.by} id={route.id} />;
    case 'begin':
      return <BeginScreen key={route.id} kind={route.kind} id={route.id} />;
    case 'visit':
      return <VisitScreen key={route.visit} id={route.visit} />;
    case 'hand-over':
      return <HandoverScreen key={route.visit} visit={route.visit} />;
    case 'join':
      return <JoinScreen key={route.visit} visit={route.visit} />;
    case 'case':
      return <CaseScreen key={route.receipt} number={route.receipt} />;
    case 'supplement':
      return (
        <SupplementScreen
          key={route.caseNumber}
          number={route.receipt}
          caseNumber={route.caseNumber}
        />
      );
    case 'ask':
      return <AskScreen />;
    case 'scan':
      return <ScanScreen />;
    case 'help':
      return <HelpScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'sign-in':
      return <SignInScreen />;
  }
}
