/** Addresses of what is worked on day and night: my desk, cases, shifts, notices. */
import { createRoute } from '@tanstack/react-router';
import { readCaseSearch } from '../screens/cases/case-search.ts';
import { readNoticeSearch } from '../screens/notices/notice-search.ts';
import { readOpenSearch } from '../screens/open-case/open-search.ts';
import { inside } from './inside.tsx';
import { CaseScreen, CasesScreen, DeskScreen, NoticesScreen, OpenCaseScreen, ShiftsScreen } from './lazy-screens.ts';

const desk = createRoute({ getParentRoute: () => inside, path: '/desk', component: () => <DeskScreen /> });
const shifts = createRoute({ getParentRoute: () => inside, path: '/shifts', component: () => <ShiftsScreen /> });
const cases = createRoute({
  getParentRoute: () => inside,
  path: '/cases',
  validateSearch: readCaseSearch,
  component: function Cases() {
    const navigate = cases.useNavigate();
    return <CasesScreen search={cases.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});
const newCase = createRoute({
  getParentRoute: () => inside,
  path: '/cases/new',
  validateSearch: readOpenSearch,
  component: function NewCase() {
    const search = newCase.useSearch();
    return <OpenCaseScreen key={JSON.stringify(search)} search={search} />;
  },
});
const oneCase = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id',
  validateSearch: (search: Record<string, unknown>): { from?: string } =>
    typeof search.from === 'string' && search.from !== '' ? { from: search.from } : {},
  component: function OneCase() {
    const { id } = oneCase.useParams();
    const { from } = oneCase.useSearch();
    return <CaseScreen key={id} id={id} from={from} />;
  },
});
const myNotices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  validateSearch: readNoticeSearch,
  component: function MyNotices() {
    const navigate = myNotices.useNavigate();
    return <NoticesScreen search={myNotices.useSearch()} onSearch={(search) => void navigate({ search })} />;
  },
});

export const workRoutes = [desk, cases, newCase, oneCase, shifts, myNotices] as const;
