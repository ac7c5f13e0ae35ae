import { clustersOn } from "../../model/clouds";
import { at, listAt } from "../../model/facts/read";
import { type Check, each, nothing, sum } from "../verdict";
import { accountsWithRoles } from "./roles";

const source = "EKS user guide, Pod Identity: an association is by namespace and service account";

/** Roles belong to existing accounts, and every account that needs a role has one. */
export const rolesHaveAccounts: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const given = accountsWithRoles(plan);
  const onAws = clustersOn(plan, "aws");
  const issuers = model.of("ClusterIssuer", "Issuer").filter(({ cluster }) => onAws.includes(cluster));
  return sum([
    each(given, ({ cluster, role, namespace, name }) =>
      model.find({ cluster, kind: "ServiceAccount", namespace, name })
        ? undefined
        : {
            object: role,
            rule: `it is for the account ${namespace}/${name}, which nothing makes on the cluster`,
            source,
            fix: "make roles for what runs on this cluster only",
          },
    ),
    each(issuers, ({ cluster, name, manifest }) => {
      const solvers = listAt(manifest, "spec", "acme", "solvers");
      const needs = solvers.some((solver) => at(solver, "dns01", "route53") !== undefined);
      return !needs || given.some((one) => one.cluster === cluster && one.name === "cert-manager")
        ? undefined
        : {
            object: `${cluster}: issuer ${name}`,
            rule: "it solves challenges by Route 53, and cert-manager has no role for it",
            source: "cert-manager, DNS01 with Route53",
            fix: "give the account cert-manager a role for the zone",
          };
    }),
  ]);
};
