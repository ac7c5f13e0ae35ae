const format = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Whole dollars: `$1,234`. */
export function dollars(usd: number): string {
  return `${rounded(usd) < 0 ? "-" : ""}$${format.format(Math.abs(rounded(usd)))}`;
}

/** A change with its sign: `+$12`, `-$3`, `$0`. */
export function change(usd: number): string {
  return `${rounded(usd) > 0 ? "+" : ""}${dollars(usd)}`;
}

/** Never -0, which is what a tiny negative number would be rounded to. */
function rounded(usd: number): number {
  return Math.round(usd) || 0;
}
