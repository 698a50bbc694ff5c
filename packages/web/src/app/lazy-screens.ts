/** Every screen is fetched when somebody first goes there, with the words that the first screens do not say. */
import { lazy } from 'react';
import { laterWords } from './i18n.ts';

/** What a module brings, together with the later words. */
async function later<Module>(load: Promise<Module>): Promise<Module> {
  const [module] = await Promise.all([load, laterWords()]);
  return module;
}

export const HomeScreen = lazy(async () => ({ default: (await import('../screens/home/home-screen.tsx')).HomeScreen }));
export const SignalsScreen = lazy(async () => ({
  default: (await later(import('../screens/signals/signals-screen.tsx'))).SignalsScreen,
}));
export const SearchScreen = lazy(async () => ({
  default: (await later(import('../screens/search/search-screen.tsx'))).SearchScreen,
}));
export const CopiesScreen = lazy(async () => ({
  default: (await later(import('../screens/copies/copies-screen.tsx'))).CopiesScreen,
}));
export const IssuesScreen = lazy(async () => ({
  default: (await later(import('../screens/issues/issues-screen.tsx'))).IssuesScreen,
}));
export const IssueScreen = lazy(async () => ({
  default: (await later(import('../screens/issue/issue-screen.tsx'))).IssueScreen,
}));
export const DeskScreen = lazy(async () => ({
  default: (await later(import('../screens/desk/desk-screen.tsx'))).DeskScreen,
}));
export const CasesScreen = lazy(async () => ({
  default: (await later(import('../screens/cases/cases-screen.tsx'))).CasesScreen,
}));
export const OpenCaseScreen = lazy(async () => ({
  default: (await later(import('../screens/open-case/open-case-screen.tsx'))).OpenCaseScreen,
}));
export const CaseScreen = lazy(async () => ({
  default: (await later(import('../screens/case/case-screen.tsx'))).CaseScreen,
}));
export const ShiftsScreen = lazy(async () => ({
  default: (await later(import('../screens/shifts/shifts-screen.tsx'))).ShiftsScreen,
}));
export const NoticesScreen = lazy(async () => ({
  default: (await later(import('../screens/notices/notices-screen.tsx'))).NoticesScreen,
}));
export const ImportsScreen = lazy(async () => ({
  default: (await later(import('../screens/imports/imports-screen.tsx'))).ImportsScreen,
}));
export const ImportScreen = lazy(async () => ({
  default: (await later(import('../screens/imports/import-screen.tsx'))).ImportScreen,
}));
export const SourcesScreen = lazy(async () => ({
  default: (await later(import('../screens/sources/sources-screen.tsx'))).SourcesScreen,
}));
export const BackgroundScreen = lazy(async () => ({
  default: (await later(import('../screens/background/background-screen.tsx'))).BackgroundScreen,
}));
export const DimensionsScreen = lazy(async () => ({
  default: (await later(import('../screens/dimensions/dimensions-screen.tsx'))).DimensionsScreen,
}));
export const DimensionScreen = lazy(async () => ({
  default: (await later(import('../screens/dimensions/dimension-screen.tsx'))).DimensionScreen,
}));
export const SeverityScreen = lazy(async () => ({
  default: (await later(import('../screens/severity/severity-screen.tsx'))).SeverityScreen,
}));
export const PrivacyScreen = lazy(async () => ({
  default: (await later(import('../screens/privacy/privacy-screen.tsx'))).PrivacyScreen,
}));
export const SamplesScreen = lazy(async () => ({
  default: (await later(import('../screens/samples/samples-screen.tsx'))).SamplesScreen,
}));
export const DebriefScreen = lazy(async () => ({
  default: (await later(import('../screens/samples/debrief-screen.tsx'))).DebriefScreen,
}));
export const PeopleScreen = lazy(async () => ({
  default: (await later(import('../screens/people/people-screen.tsx'))).PeopleScreen,
}));
export const RoleScreen = lazy(async () => ({
  default: (await later(import('../screens/people/role-screen.tsx'))).RoleScreen,
}));
export const MeScreen = lazy(async () => ({ default: (await later(import('../screens/me/me-screen.tsx'))).MeScreen }));
export const InvitationScreen = lazy(async () => ({
  default: (await later(import('../screens/access/invitation-screen.tsx'))).InvitationScreen,
}));
export const ResetScreen = lazy(async () => ({
  default: (await later(import('../screens/access/reset-screen.tsx'))).ResetScreen,
}));
export const KeysScreen = lazy(async () => ({
  default: (await later(import('../screens/keys/keys-screen.tsx'))).KeysScreen,
}));
export const ExportsScreen = lazy(async () => ({
  default: (await later(import('../screens/exports/exports-screen.tsx'))).ExportsScreen,
}));
export const SignInScreen = lazy(async () => ({
  default: (await import('../screens/access/sign-in-screen.tsx')).SignInScreen,
}));
export const SetupScreen = lazy(async () => ({
  default: (await import('../screens/access/setup-screen.tsx')).SetupScreen,
}));
