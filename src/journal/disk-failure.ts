const meanings: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'the file is larger than the system allows',
  EIO: 'the disk reported an error',
  ENOTDIR: 'part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'the path runs in a circle of links',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ESTALE: 'the network folder is gone',
};

const remedies: Record<string, string> = {
  ENOSPC: 'Free some space',
  EDQUOT: 'Free some space',
  EIO: 'Check the disk',
  EMFILE: 'Run fewer debates at once',
  ENFILE: 'Run fewer debates at once',
};

/** The code of a failed call to the system, such as ENOSPC; empty for any other error, which is a bug. */
export function diskCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What a failed call to the system means, in words. Rethrows anything that is not one. */
export function diskFault(error: unknown): string {
  const code = diskCode(error);
  if (code === '') throw error;
  const meaning = meanings[code];
  return meaning === undefined ? code : `${meaning} (${code})`;
}

/** What to do about it, as the beginning of a sentence. */
export function diskRemedy(error: unknown): string {
  return remedies[diskCode(error)] ?? 'Make the folder writable or choose another one';
}
