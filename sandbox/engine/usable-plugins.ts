import { lookup } from "node:dns/promises";
import type { Reporter } from "../../cli/reporter";

/** A host of charts: where its name is not known, no chart comes from anywhere. */
const chartHost = "charts.jetstack.io";

/** How long a resolver may take to say that it has no answer. */
const patienceMilliseconds = 3000;

/** Whether names of the internet are known here; behind a proxy it is the proxy that knows them. */
async function hasNetwork(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (env.HTTPS_PROXY || env.https_proxy) return true;
  const silence = new Promise<boolean>((resolve) => {
    setTimeout(resolve, patienceMilliseconds, false).unref();
  });
  return Promise.race([
    lookup(chartHost).then(
      () => true,
      () => false,
    ),
    silence,
  ]);
}

/**
 * Those of the official plugins that can serve. The kubernetes plugin fetches charts and manifests itself and fails in the middle of a
 * run where it cannot: without a network, and without a folder of charts, its stand-in takes its place, and the run says so at once.
 *
 * @param official packages whose official plugin is there
 * @param hasCharts whether the run has a folder of charts
 */
export async function usablePlugins(
  official: readonly string[],
  hasCharts: boolean,
  reporter: Pick<Reporter, "warn">,
  isOnline: () => Promise<boolean> = hasNetwork,
): Promise<readonly string[]> {
  if (!official.includes("kubernetes") || hasCharts || (await isOnline())) return official;
  reporter.warn(
    "the official kubernetes plugin is installed, and there is no network to fetch charts from: its stand-in serves; --charts <folder> has charts without a network",
  );
  return official.filter((name) => name !== "kubernetes");
}
