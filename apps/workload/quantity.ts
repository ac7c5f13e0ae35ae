const factors: Readonly<Record<string, number>> = {
  m: 0.001,
  "": 1,
  Ki: 1 / 1024,
  Mi: 1,
  Gi: 1024,
  Ti: 1024 ** 2,
};

/** Thousandths of a CPU. */
export function cpuMillis(quantity: string): number {
  return Math.round(amount(quantity, /^([0-9.]+)(m|)$/, "CPU, for example 500m or 2") * 1000);
}

/** Mebibytes. */
export function memoryMib(quantity: string): number {
  return amount(quantity, /^([0-9.]+)(Ki|Mi|Gi|Ti)$/, "memory, for example 512Mi or 1Gi");
}

function amount(quantity: string, pattern: RegExp, what: string): number {
  const [, number, unit] = pattern.exec(quantity) ?? [];
  const factor = unit === undefined ? undefined : factors[unit];
  if (number === undefined || factor === undefined || Number.isNaN(Number(number))) {
    throw new Error(`${JSON.stringify(quantity)} is no amount of ${what}`);
  }
  return Number(number) * factor;
}
