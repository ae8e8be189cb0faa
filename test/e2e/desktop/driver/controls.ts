import type { Rectangle, WebPreferences } from 'electron'

/** A line of a menu. */
export interface MenuLine {
  readonly label: string
  readonly isEnabled: boolean
  readonly isSeparator: boolean
  readonly below: readonly MenuLine[]
}

export interface WindowState {
  readonly isVisible: boolean
  readonly isMinimized: boolean
  readonly isMaximized: boolean
  readonly isFocused: boolean
  readonly bounds: Rectangle
  readonly url: string
  readonly title: string
  readonly webPreferences: WebPreferences
}

/** All that can be seen of an app from outside its pages. */
export interface DesktopState {
  readonly windows: readonly WindowState[]
  readonly trays: readonly {
    /** The image's file name; null for an empty image. */
    readonly image: string | null
    readonly toolTip: string
    readonly menu: readonly MenuLine[]
  }[]
  readonly applicationMenu: readonly MenuLine[]
  readonly notifications: readonly { readonly title: string; readonly body: string }[]
  /** Calls of `shell`, such as `openExternal https://…`. */
  readonly opened: readonly string[]
  readonly dialogs: readonly { readonly kind: DialogKind; readonly options: object }[]
  /** Requests of a page that neither its policy nor a scheme kept in. */
  readonly outgoing: readonly string[]
  readonly navigations: readonly { readonly url: string; readonly isPrevented: boolean }[]
  readonly windowsAsked: readonly { readonly url: string; readonly action: string }[]
  readonly calls: readonly string[]
}

export type DialogKind = 'open' | 'save' | 'message' | 'error'

/** What the person will do in the next dialog of a kind. */
export interface DialogAnswer {
  readonly kind: DialogKind
  readonly paths: readonly string[]
  readonly button: number
}

/** What can be done to an app from outside: each is what a person or the system could do. */
export interface Controls {
  readonly clickTray: () => void
  /** By the line's label, at any depth. */
  readonly clickTrayMenu: (label: string) => void
  readonly clickNotification: (place: number) => void
  /** An event of powerMonitor, such as `resume`. */
  readonly power: (event: string) => void
  readonly setOnline: (isOnline: boolean) => void
  readonly setDark: (isDark: boolean) => void
  /** The screens' work areas from now on. */
  readonly setScreens: (workAreas: readonly Rectangle[]) => void
  readonly answerDialog: (answer: DialogAnswer) => void
  readonly closeWindow: () => void
  readonly moveWindow: (bounds: Rectangle) => void
  readonly crashPage: () => void
  /** As `loadURL` of the main process would. */
  readonly loadPage: (url: string) => void
  readonly quit: () => void
}

/** One call to the process of an app, and what it answers. */
export interface ControlCall {
  readonly id: number
  readonly name: keyof Controls | 'state'
  readonly args: readonly unknown[]
}
export interface ControlReply {
  readonly id: number
  readonly value?: unknown
  readonly failure?: string
}
