import { parseCidr } from "./cidr";
import { failure, type Rule, shown } from "./table";
import { leaves, number, objects, texts } from "./values";

/** Every string at the path matches; the message says what is allowed. */
export function matches(path: string, pattern: RegExp, allowed: string): Rule {
  return (inputs) =>
    texts(inputs, path)
      .filter((value) => !pattern.test(value))
      .map((value) => failure(path, `"${value}" is not valid: ${allowed}`));
}

/** Every string at the path is one of the values. */
export function oneOf(path: string, values: readonly string[]): Rule {
  return (inputs) =>
    texts(inputs, path)
      .filter((value) => !values.includes(value))
      .map((value) => failure(path, `"${value}" is not one of: ${values.join(", ")}`));
}

/** Every number at the path lies within the bounds, both allowed. */
export function between(path: string, minimum: number, maximum: number, unit = ""): Rule {
  const range = `${minimum} to ${maximum}${unit === "" ? "" : ` ${unit}`}`;
  return (inputs) =>
    leaves(inputs, path)
      .filter((value) => typeof value === "number" && (value < minimum || value > maximum))
      .map((value) => failure(path, `${shown(value)} is outside ${range}`));
}

/** Numbers at three paths of the same object are in order: minimum <= wanted <= maximum. */
export function ordered(path: string, minimum: string, wanted: string, maximum: string): Rule {
  const pairs = [
    [minimum, wanted],
    [wanted, maximum],
    [minimum, maximum],
  ] as const;
  return (inputs) =>
    (path === "" ? [inputs] : objects(inputs, path)).flatMap((scaling) =>
      pairs.flatMap(([lower, upper]) => {
        const low = number(scaling, lower);
        const high = number(scaling, upper);
        if (low === undefined || high === undefined || low <= high) return [];
        return [failure(path || upper, `${lower} ${low} can't be greater than ${upper} ${high}`)];
      }),
    );
}

/** Every string at the path is an IPv4 network in CIDR notation with its host bits zero. */
export function ipv4Network(path: string, prefixes: readonly [number, number] = [0, 32]): Rule {
  return (inputs) =>
    texts(inputs, path).flatMap((value) => {
      const fault = networkFault(value, prefixes);
      return fault === undefined ? [] : [failure(path, `"${value}" is not a valid CIDR block: ${fault}`)];
    });
}

function networkFault(value: string, [shortest, longest]: readonly [number, number]): string | undefined {
  const cidr = parseCidr(value);
  if (!cidr) return "write an IPv4 address and a prefix length, such as 10.20.0.0/16";
  if (cidr.prefix < shortest || cidr.prefix > longest)
    return `the prefix must be /${shortest} to /${longest}`;
  return value.startsWith(`${cidr.text}/`)
    ? undefined
    : `host bits must be zero: ${cidr.text}/${cidr.prefix}`;
}

/** At most (and at least) one of the inputs is given. */
export function exactlyOne(...properties: readonly string[]): Rule {
  return (inputs) => {
    const given = properties.filter(
      (property) => inputs[property] !== undefined && inputs[property] !== null,
    );
    if (given.length === 1) return [];
    const found = given.length === 0 ? "none is" : `${given.join(" and ")} are`;
    return [failure(properties[0] ?? "", `exactly one of ${properties.join(", ")} must be given; ${found}`)];
  };
}
