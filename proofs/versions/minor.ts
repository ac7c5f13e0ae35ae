/** `35` of `1.35`, `v1.35.3-eksbuild.18` and `1.35.4+lke1`; undefined for other texts. */
export function minorOf(version: string): number | undefined {
  const [, minor] = /^v?1\.(\d+)(?:\D|$)/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

/** How many minor versions a node may be behind its control plane. */
export const mostBehind = 3;

/** What is wrong with something of one minor version beside a control plane of another; undefined when nothing is. */
export function skewOf(own: number, control: number): string | undefined {
  if (own > control) return `is ahead of its control plane, 1.${control}`;
  return control - own > mostBehind
    ? `is ${control - own} minor versions behind its control plane, 1.${control}, and ${mostBehind} are allowed`
    : undefined;
}
