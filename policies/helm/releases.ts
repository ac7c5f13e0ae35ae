/** Helm releases in either form that Pulumi has, which say the same by the same names. */
export function isRelease(type: string): boolean {
  return /^kubernetes:helm\.sh\/v[34]:(Release|Chart)$/.test(type);
}
