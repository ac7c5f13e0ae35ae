const factors: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Bytes of a quantity as Kubernetes writes it: `10Gi`, `500M`, `1e9`. */
export function bytesOf(quantity: string): number {
  const [, number = "", suffix = ""] = /^(\d+(?:\.\d+)?(?:e\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const factor = factors[suffix];
  if (number === "" || factor === undefined) {
    throw new Error(`"${quantity}" is not a quantity of storage; an example is "10Gi".`);
  }
  return Number(number) * factor;
}

/** Disks come in whole GiB: the next one that holds as many bytes, and not less than `least` GiB. */
export function wholeGibibytes(bytes: number, least: number): string {
  return `${Math.max(least, Math.ceil(bytes / 2 ** 30))}Gi`;
}
