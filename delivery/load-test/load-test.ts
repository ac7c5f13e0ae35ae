import { Failure } from "../../cli/failure";
import { judge, type Verdict } from "./measure";
import { type LoadOptions, playUsers } from "./users";

/** The command line's options; numbers as text. */
export interface LoadTestOptions {
  readonly url: readonly string[];
  readonly users: string;
  readonly seconds: string;
  readonly ramp: string;
  readonly think: string;
  readonly header: readonly string[];
  readonly webSocket?: string | undefined;
  readonly webSockets: string;
}

/**
 * Puts load on a stack and compares what users see with 001's targets.
 *
 * @returns whether every target was met
 * @throws Failure that lists every invalid option
 */
export async function loadTest(options: LoadTestOptions, print: (line: string) => void): Promise<boolean> {
  const load = checked(options);
  print(
    `${load.users} users over ${load.rampSeconds} s, then ${load.seconds} s at ${load.urls.map(({ href }) => href).join(", ")}`,
  );
  const verdicts = judge(await playUsers(load), load.users);
  for (const verdict of verdicts) print(lineOf(verdict));
  return verdicts.every(({ kept }) => kept);
}

function lineOf({ figure, found, promised, kept }: Verdict): string {
  return `${kept ? "pass" : "FAIL"}  ${figure}: ${found} (promised: ${promised})`;
}

function checked(options: LoadTestOptions): LoadOptions {
  const faults: string[] = [];
  const number = (key: string, text: string, least: number, example: string): number => {
    const value = Number(text);
    if (!Number.isFinite(value) || value < least) {
      faults.push(`--${key}: found ${text}; a number from ${least}. Example: --${key} ${example}`);
    }
    return value;
  };
  const address = (key: string, text: string, protocols: readonly string[], example: string): URL[] => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && protocols.includes(url.protocol)) return [url];
    faults.push(
      `--${key}: found ${text}; an address with ${protocols.join(" or ")}. Example: --${key} ${example}`,
    );
    return [];
  };
  const headers = options.header.map((header) => {
    const [, name = "", value = ""] = /^([^:\s]+):\s*(.*)$/.exec(header) ?? [];
    if (name === "")
      faults.push(`--header: found ${header}; NAME: VALUE. Example: --header "Authorization: Bearer TOKEN"`);
    return [name, value] as const;
  });
  const urls = options.url.flatMap((url) =>
    address("url", url, ["http:", "https:"], "https://ai.atlas-financial.com/api/v2/ai/engine/health"),
  );
  const webSocket =
    options.webSocket === undefined
      ? []
      : address(
          "web-socket",
          options.webSocket,
          ["ws:", "wss:"],
          "wss://market-data.atlas-financial.com/stream",
        );
  const load = {
    urls,
    users: number("users", options.users, 1, "10000"),
    seconds: number("seconds", options.seconds, 1, "300"),
    rampSeconds: number("ramp", options.ramp, 0, "120"),
    thinkSeconds: number("think", options.think, 0, "5"),
    headers: Object.fromEntries(headers),
  };
  const count = number("web-sockets", options.webSockets, 1, "10000");
  if (urls.length === 0 && faults.length === 0) faults.push("--url: found none; at least one address.");
  if (faults.length > 0) throw new Failure(faults.join("\n"));
  const [url] = webSocket;
  return url === undefined ? load : { ...load, webSockets: { url, count } };
}
