/** What every address hangs from: the door, and the frame behind it. */
import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { Frame } from './frame.tsx';
import { Waiting } from './route-notes.tsx';

export const root = createRootRoute({
  component: () => (
    <Suspense fallback={<Waiting />}>
      <Outlet />
    </Suspense>
  ),
});

/** Everything behind the door stands in the frame. */
export const inside = createRoute({ getParentRoute: () => root, id: 'in', component: Frame });
