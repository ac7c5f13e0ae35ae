// The policy pack is published by itself, so it is the one that owns how quantities are read.
import { quantityOf } from "../policies/quantity";

/**
 * Bytes of `10Gi`, `500M`, `1e9`.
 *
 * @throws Error for what is no quantity
 */
export function bytesOf(quantity: string): number {
  return amount(quantity, 'is not a quantity; an example is "10Gi"');
}

/**
 * Thousandths of a CPU: 500 of `500m`, 2000 of `2`.
 *
 * @throws Error for what is no quantity
 */
export function cpuMillis(quantity: string): number {
  return Math.round(amount(quantity, "is no amount of CPU, for example 500m or 2") * 1000);
}

/**
 * Mebibytes: 1024 of `1Gi`.
 *
 * @throws Error for what is no quantity
 */
export function memoryMib(quantity: string): number {
  return amount(quantity, "is no amount of memory, for example 512Mi or 1Gi") / 2 ** 20;
}

function amount(quantity: string, fault: string): number {
  const found = quantityOf(quantity);
  if (found === undefined) throw new Error(`${JSON.stringify(quantity)} ${fault}`);
  return found;
}
