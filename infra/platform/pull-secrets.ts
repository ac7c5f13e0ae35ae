import * as pulumi from "@pulumi/pulumi";
import { registryHost, registryOf } from "../config/registry-host";
import { has, houseAt, type Site, systemsAt } from "../kit/site";

/** The Secret by which nodes pull images, in each namespace whose pods need one. */
export const pullSecretName = "registry-pull";

/** The robot that pulls from the stack's own registry. */
export const robot = {
  name: "pull",
  /** As Harbor calls it: with the prefix that its installation gives to every robot. */
  username: "robot$pull",
  namespace: "registry",
  bundle: "registry-robot",
} as const;

/** Opens registries that are not the stack's own, by the stack's configuration. */
const givenCredentials = "registry-credentials";

/** Whether the stack's own registry is on the site's cluster. */
export function hasRegistry(site: Site): boolean {
  return site.cluster.owned && houseAt(site, "public-hosts") !== undefined && has(site, "registry");
}

/** Whether an image is one that people push to the stack's own registry once the first `up` has made it. */
export function isYetToBePushed(site: Site, image: string): boolean {
  return site.settings.registryFilled === false && hasRegistry(site) && registryOf(image) === registryHost;
}

/** The robot's secret. Harbor wants letters of both cases and a digit in one, which chance need not bring. */
export function robotSecret({ secrets }: Site): pulumi.Output<string> {
  return pulumi.interpolate`Aa1${secrets.value(robot.namespace, robot.bundle, "random")}`;
}

/**
 * The name of the Secret by which an image is pulled, which is made in the namespace; undefined where the image's registry asks
 * for none, or the stack has no credentials for it.
 */
export function pullSecretFor(site: Site, namespace: string, image: string): string | undefined {
  const opened = credentials(site, registryOf(image));
  if (opened === undefined) return undefined;
  site.secrets.provideShared(namespace, pullSecretName, () => ({ ".dockerconfigjson": configuration(site) }));
  return pullSecretName;
}

interface Credentials {
  readonly username: pulumi.Input<string>;
  readonly password: pulumi.Input<string>;
}

function credentials(site: Site, host: string): Credentials | undefined {
  if (host === registryHost && hasRegistry(site)) {
    return { username: robot.username, password: robotSecret(site) };
  }
  const [username, password] = ["username", "password"].map((key) =>
    site.secrets.given(givenCredentials, key),
  );
  const isOurs = registriesOf(site).includes(host);
  return isOurs && username !== undefined && password !== undefined ? { username, password } : undefined;
}

/** Hosts that the images of the site's systems come from. */
function registriesOf(site: Site): readonly string[] {
  const images = systemsAt(site).flatMap(({ settings: { images } }) => [
    images.registry,
    ...Object.values(images.of),
  ]);
  return [...new Set(images.map(registryOf))].sort();
}

/** What container runtimes read: an entry for each registry that the stack has credentials for. */
function configuration(site: Site): pulumi.Output<string> {
  const auths = registriesOf(site).flatMap((host) => {
    const opened = credentials(site, host);
    return opened === undefined ? [] : [{ host, ...opened }];
  });
  return pulumi.output(auths).apply((entries) =>
    JSON.stringify({
      auths: Object.fromEntries(
        entries.map(({ host, username, password }) => [
          host,
          { username, password, auth: Buffer.from(`${username}:${password}`).toString("base64") },
        ]),
      ),
    }),
  );
}
