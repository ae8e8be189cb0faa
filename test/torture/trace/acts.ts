/** What a call did to the disk. A `file` is the same one under whatever name. Moments are in seconds since 1970. */
export type Act = { readonly at: number } & (
  | { readonly kind: 'create'; readonly path: string; readonly file: number }
  | { readonly kind: 'write'; readonly file: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly file: number; readonly size: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'make folder'; readonly path: string }
  | { readonly kind: 'remove folder'; readonly path: string }
  | { readonly kind: 'flush'; readonly file: number }
  | { readonly kind: 'flush folder'; readonly path: string }
)

/** Folders, and files with their bytes, by path. */
export interface Tree {
  readonly folders: readonly string[]
  readonly files: ReadonlyMap<string, Uint8Array>
}
