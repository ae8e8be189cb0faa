/** Where the system says that this user's folders are: moved, redirected or in the user's language. Plain data. */
export interface UserFolders {
  /** Null for what the system does not tell. */
  readonly home: string | null
  readonly documents: string | null
  readonly downloads: string | null
}

export const noUserFolders: UserFolders = { home: null, documents: null, downloads: null }

/**
 * The folders that can be looked in: whole paths of folders that are the user's own. A folder that is switched off is
 * told as the home itself, where everything lies.
 */
export function usableFolders(told: UserFolders, userHome: string): UserFolders {
  const home = isWhole(told.home) ? told.home : null
  const below = (folder: string | null): string | null =>
    isWhole(folder) && !isSame(folder, home) && !isSame(folder, userHome) ? folder : null
  return { home, documents: below(told.documents), downloads: below(told.downloads) }
}

/** What `*` and `<` mean in the table of known folders they would mean here too. */
function isWhole(folder: string | null): folder is string {
  return folder !== null && /^(?:[a-z]:[\\/]|[\\/])[^*<>\0]*[^*<>\\/\0][^*<>\0]*$/i.test(folder)
}

function isSame(folder: string, other: string | null): boolean {
  const plain = (path: string): string => path.replace(/[\\/]+$/, '')
  return other !== null && plain(folder) === plain(other)
}
