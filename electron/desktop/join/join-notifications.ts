import type { DesktopDeps } from './desktop-deps.ts'
import type { DesktopStateFile } from '../desktop-state-file.ts'
import { Notifications, type NotificationsDeps } from '../notices/notifications.ts'

/** Joins the notifications with Electron's, and with what is remembered between starts. */
export function joinNotifications(
  { electron, platform, log, clock }: DesktopDeps,
  state: DesktopStateFile,
  on: Pick<NotificationsDeps, 'show' | 'snooze'>,
): Notifications {
  const { Notification } = electron
  return new Notifications({
    isSupported: () => Notification.isSupported(),
    build: options => new Notification(options),
    ...{ platform, log, rides: state.current.rides },
    keepRides: rides => {
      state.change({ rides })
    },
    show: on.show,
    snooze: on.snooze,
    now: () => clock.now(),
  })
}
