import { createRoute, createRouter } from '@tanstack/react-router';
import { readIssueSearch } from '../api/issue-search.ts';
import { basePath } from '../api/world.ts';
import { readBackgroundSearch } from '../screens/background/background-search.ts';
import { readCopiesSearch } from '../screens/copies/copies-search.ts';
import { readDimensionsSearch, readValuesSearch } from '../screens/dimensions/dimension-search.ts';
import { readImportSearch } from '../screens/imports/import-search.ts';
import { readPeopleSearch } from '../screens/people/people-search.ts';
import { readAllSearch } from '../screens/search/all-search.ts';
import { readSignalSearch } from '../screens/signals/signal-search.ts';
import { readSourceSearch } from '../screens/sources/source-search.ts';
import { parseAddress, writeAddress } from './address.ts';
import { inside, root } from './inside.tsx';
import {
  BackgroundScreen,
  CopiesScreen,
  DebriefScreen,
  DimensionScreen,
  DimensionsScreen,
  ExportsScreen,
  HomeScreen,
  ImportScreen,
  ImportsScreen,
  InvitationScreen,
  IssueScreen,
  IssuesScreen,
  KeysScreen,
  MeScreen,
  PeopleScreen,
  PrivacyScreen,
  ResetScreen,
  RoleScreen,
  SamplesScreen,
  SearchScreen,
  SetupScreen,
  SeverityScreen,
  SignalsScreen,
  SignInScreen,
  SourcesScreen,
} from './lazy-screens.ts';
import { NotFound, RouteFailed } from './route-notes.tsx';
import { workRoutes } from './work-routes.tsx';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === 'string' && /^\/(?!\/)/.test(search.to) ? { to: search.to } : {},
  component: () => <SignInScreen to={signIn.useSearch().to} />,
});
const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: () => <SetupScreen /> });

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: () => <InvitationScreen />,
});
const reset = createRoute({ getParentRoute: () => root, path: '/reset', component: () => <ResetScreen /> });

const home = createRoute({ getParentRoute: () => inside, path: '/', component: () => <HomeScreen /> });
const signals = createRoute({
  getParentRoute: () => inside,
  path: '/signals',
  validateSearch: readSignalSearch,
  component: function Signals() {
    const navigate = signals.useNavigate();
    return <SignalsScreen search={signals.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const searchAll = createRoute({
  getParentRoute: () => inside,
  path: '/search',
  validateSearch: readAllSearch,
  component: function SearchAll() {
    const navigate = searchAll.useNavigate();
    return <SearchScreen search={searchAll.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const copies = createRoute({
  getParentRoute: () => inside,
  path: '/copies',
  validateSearch: readCopiesSearch,
  component: function Copies() {
    const navigate = copies.useNavigate();
    return <CopiesScreen search={copies.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const issues = createRoute({
  getParentRoute: () => inside,
  path: '/issues',
  validateSearch: readIssueSearch,
  component: function Issues() {
    const navigate = issues.useNavigate();
    return <IssuesScreen search={issues.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const issue = createRoute({
  getParentRoute: () => inside,
  path: '/issues/$id',
  validateSearch: (search: Record<string, unknown>): { list?: string } =>
    typeof search.list === 'string' && search.list !== '' ? { list: search.list } : {},
  component: function Issue() {
    const { id } = issue.useParams();
    const { list } = issue.useSearch();
    return <IssueScreen key={id} id={id} list={list} />;
  },
});
const background = createRoute({
  getParentRoute: () => inside,
  path: '/changes',
  validateSearch: readBackgroundSearch,
  component: function Background() {
    const navigate = background.useNavigate();
    return <BackgroundScreen search={background.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const imports = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  validateSearch: readImportSearch,
  component: function Imports() {
    const navigate = imports.useNavigate();
    return <ImportsScreen search={imports.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const oneImport = createRoute({
  getParentRoute: () => inside,
  path: '/import/$id',
  component: function OneImport() {
    const { id } = oneImport.useParams();
    return <ImportScreen key={id} id={id} />;
  },
});
const sources = createRoute({
  getParentRoute: () => inside,
  path: '/sources',
  validateSearch: readSourceSearch,
  component: function Sources() {
    const navigate = sources.useNavigate();
    return <SourcesScreen search={sources.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});

const dimensions = createRoute({
  getParentRoute: () => inside,
  path: '/dimensions',
  validateSearch: readDimensionsSearch,
  component: function Dimensions() {
    const navigate = dimensions.useNavigate();
    return <DimensionsScreen search={dimensions.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const oneDimension = createRoute({
  getParentRoute: () => inside,
  path: '/dimensions/$name',
  validateSearch: readValuesSearch,
  component: function OneDimension() {
    const { name } = oneDimension.useParams();
    const navigate = oneDimension.useNavigate();
    const search = oneDimension.useSearch();
    return (
      <DimensionScreen key={name} name={name} search={search} onSearch={(next) => void navigate({ search: next })} />
    );
  },
});

const severity = createRoute({ getParentRoute: () => inside, path: '/severity', component: () => <SeverityScreen /> });
const keys = createRoute({ getParentRoute: () => inside, path: '/keys', component: () => <KeysScreen /> });
const exports = createRoute({ getParentRoute: () => inside, path: '/exports', component: () => <ExportsScreen /> });
const privacy = createRoute({ getParentRoute: () => inside, path: '/privacy', component: () => <PrivacyScreen /> });

const samples = createRoute({ getParentRoute: () => inside, path: '/samples', component: () => <SamplesScreen /> });
const debrief = createRoute({ getParentRoute: () => inside, path: '/debrief', component: () => <DebriefScreen /> });

const people = createRoute({
  getParentRoute: () => inside,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: function People() {
    const navigate = people.useNavigate();
    return <PeopleScreen search={people.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const newRole = createRoute({
  getParentRoute: () => inside,
  path: '/people/new-role',
  component: () => <RoleScreen />,
});
const role = createRoute({
  getParentRoute: () => inside,
  path: '/people/roles/$name',
  component: function Role() {
    const { name } = role.useParams();
    return <RoleScreen key={name} name={name} />;
  },
});
const me = createRoute({ getParentRoute: () => inside, path: '/me', component: () => <MeScreen /> });

export const router = createRouter({
  basepath: basePath(),
  routeTree: root.addChildren([
    signIn,
    setup,
    invitation,
    reset,
    inside.addChildren([
      home,
      signals,
      searchAll,
      copies,
      issues,
      issue,
      ...workRoutes,
      background,
      imports,
      oneImport,
      sources,
      privacy,
      severity,
      keys,
      exports,
      samples,
      debrief,
      people,
      newRole,
      role,
      me,
      dimensions,
      oneDimension,
    ]),
  ]),
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
  defaultErrorComponent: ({ error, reset }) => <RouteFailed error={error} onRetry={reset} />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
