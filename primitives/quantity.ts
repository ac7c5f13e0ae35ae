const factors: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
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

/**
 * A quantity as Kubernetes writes it, in its base unit: bytes of `10Gi`, `500M`, `1e9`.
 *
 * @throws Error for what is none
 */
export function bytesOf(quantity: string): number {
  const [, number = "", suffix = ""] = /^(\d+(?:\.\d+)?(?:e\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const factor = factors[suffix];
  if (number === "" || factor === undefined) {
    throw new Error(`"${quantity}" is not a quantity; an example is "10Gi"`);
  }
  return Number(number) * factor;
}
