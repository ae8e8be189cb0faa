import type { Route } from '../http/router.ts'
import { activityRoutes } from './activities.ts'
import { eventWriteRoutes } from './events-write.ts'
import { eventRoutes } from './events.ts'
import { profileRoutes } from './profile.ts'
import { uploadRoutes } from './upload.ts'
import { wellnessRoutes } from './wellness.ts'

/** Every operation that needs a credential. */
export const apiRoutes: readonly Route[] = [
  ...profileRoutes,
  ...uploadRoutes,
  ...activityRoutes,
  ...eventWriteRoutes,
  ...eventRoutes,
  ...wellnessRoutes,
]
