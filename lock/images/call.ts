import type { RegistryCaller } from "./registry";

/** An HTTP call that gives up after 30 seconds. */
export const call: RegistryCaller["get"] = async (url, headers = {}, method = "GET") => {
  const response = await fetch(url, { headers, method, signal: AbortSignal.timeout(30_000) });
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: await response.text(),
  };
};
