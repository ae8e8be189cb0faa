/** Every system call that can change what lies on a disk, or make it safe. `?`: not each kind of computer has it. */
export const changingCalls: readonly string[] = [
  ...['open', 'openat', 'creat', 'write', 'pwrite64', 'writev', 'pwritev', 'pwritev2', 'sendfile'],
  ...['copy_file_range', 'ftruncate', 'truncate', 'fallocate', 'rename', 'renameat', 'renameat2'],
  ...['unlink', 'unlinkat', 'rmdir', 'mkdir', 'mkdirat', 'link', 'linkat', 'symlink', 'symlinkat'],
  ...['fsync', 'fdatasync', 'sync_file_range'],
].map(name => `?${name}`)

/** How strace must tell of calls to be understood by `CallReader`. */
export const tellingOptions: readonly string[] = ['-f', '-qqq', '-y', '-ttt', '-xx', '-e', 'signal=none']

/** What else a traced Musette needs: its work with files is done by system calls that can be watched. */
export const tracedEnvironment: Readonly<Record<string, string>> = { UV_USE_IO_URING: '0' }
