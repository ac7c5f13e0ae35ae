/** What a suffix of Kubernetes multiplies by: decimal ones, and binary ones with an `i`. */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const written = /^(?<number>\d+\.?\d*|\.\d+)(?:(?<exponent>[eE][+-]?\d+)|(?<suffix>[A-Za-z]{0,2}))$/;

/**
 * A quantity as Kubernetes writes it (`250m`, `2Gi`, `1e9`) in its base unit: CPUs, bytes. Undefined for what is none, negative
 * amounts included: nothing here can be less than nothing.
 */
export function quantityOf(text: string): number | undefined {
  const { number, exponent = "", suffix = "" } = written.exec(text)?.groups ?? {};
  const factor = Object.hasOwn(factors, suffix) ? factors[suffix] : undefined;
  return number === undefined || factor === undefined ? undefined : Number(number + exponent) * factor;
}
