/** Helm releases in either of Pulumi's two resource types, which use the same property names. */
export function isRelease(type: string): boolean {
  return /^kubernetes:helm\.sh\/v[34]:(Release|Chart)$/.test(type);
}
