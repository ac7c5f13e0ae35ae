/** Disks come in whole GiB: the next one that holds as many bytes, and not less than `least` GiB. */
export function wholeGibibytes(bytes: number, least: number): string {
  return `${Math.max(least, Math.ceil(bytes / 2 ** 30))}Gi`;
}
