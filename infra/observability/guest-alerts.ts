import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Site } from "../kit/site";
import { linksOf } from "./links";
import { createPrometheusRule } from "./prometheus-rule";
import { render } from "./rules/rule";
import { storeRules } from "./rules/stores";
import { nameOf, systemScopes } from "./scope";

/** Arguments of {@link GuestAlerts}. */
export interface GuestAlertsArgs {
  /** A site on a cluster that another stack owns. */
  readonly site: Site;
}

/**
 * Alerts about the stores of a stack that is a guest on another's cluster. The owner watches the guest's namespaces, but does not know
 * which stores must be there, so that the loss of one would go unseen. The owner's Prometheus reads rules of every namespace. (D3, O2)
 */
export class GuestAlerts extends pulumi.ComponentResource {
  constructor(name: string, { site }: GuestAlertsArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:observability:GuestAlerts", name, {}, options);
    const links = linksOf(site);
    for (const scope of systemScopes(site)) {
      const stores = site.watched.filter(({ namespace }) => scope.has(namespace));
      const [first] = stores;
      if (first === undefined) continue;
      createPrometheusRule(
        `${name}-${nameOf(scope)}-stores`,
        {
          metadata: { name: `${nameOf(scope)}-stores`, namespace: first.namespace },
          groups: [render(storeRules(stores)(scope), scope, links)],
        },
        childOptions(this, site, first.namespace, site.monitorDefinitions),
      );
    }
    this.registerOutputs();
  }
}
