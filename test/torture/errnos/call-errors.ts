/** What each system call may plausibly answer where a disk, a file system or a limit has trouble. */
export const callErrors: Readonly<Record<string, readonly string[]>> = {
  openat: ['EACCES', 'EMFILE', 'EIO', 'ENOSPC', 'EROFS', 'ENOENT', 'ESTALE'],
  read: ['EIO', 'ESTALE'],
  pread64: ['EIO', 'ESTALE'],
  write: ['ENOSPC', 'EIO', 'EDQUOT', 'EFBIG'],
  pwrite64: ['ENOSPC', 'EIO', 'EDQUOT', 'EFBIG'],
  fsync: ['EIO', 'ENOSPC', 'EINVAL'],
  fdatasync: ['EIO', 'ENOSPC'],
  close: ['EIO', 'EDQUOT'],
  rename: ['EACCES', 'EIO', 'ENOSPC', 'EXDEV', 'EROFS', 'EBUSY'],
  unlink: ['EACCES', 'EIO', 'EROFS', 'EBUSY'],
  mkdir: ['EACCES', 'ENOSPC', 'EROFS', 'EIO', 'EMLINK'],
  chmod: ['EPERM', 'EROFS', 'EIO'],
  fchmod: ['EPERM', 'EIO'],
  stat: ['EIO', 'EACCES', 'ESTALE'],
  lstat: ['EIO', 'EACCES', 'ESTALE'],
  fstat: ['EIO', 'ESTALE'],
  newfstatat: ['EIO', 'EACCES', 'ESTALE'],
  statx: ['EIO', 'EACCES', 'ESTALE'],
  statfs: ['EIO', 'ENOSYS'],
  access: ['EACCES', 'EIO', 'EROFS'],
  faccessat: ['EACCES', 'EIO', 'EROFS'],
  readlink: ['EIO', 'EACCES'],
  getdents64: ['EIO', 'ESTALE'],
  ftruncate: ['EIO', 'ENOSPC'],
  fallocate: ['ENOSPC', 'EIO', 'EOPNOTSUPP'],
  fcntl: ['ENOLCK', 'EIO'],
  mmap: ['ENOMEM', 'ENODEV'],
}

/** The calls that are watched, as strace wants them; a call that this processor does not have is passed over. */
export const watchedCalls = Object.keys(callErrors)
  .map(call => `?${call}`)
  .join(',')
