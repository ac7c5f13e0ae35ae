import { evidenceOf, faultsOf, object } from "../../test/support/proofs/evidence";
import { rolesAreForSome } from "./everyone";

test.each([
  [{ kind: "ServiceAccount", name: "cart", namespace: "shop" }, "edit", 0],
  [{ kind: "Group", name: "operators" }, "edit", 0],
  [{ kind: "Group", name: "system:authenticated" }, "view", 1],
  [{ kind: "Group", name: "system:serviceaccounts" }, "view", 1],
  [{ kind: "Group", name: "system:serviceaccounts:shop" }, "view", 1],
  [{ kind: "User", name: "system:anonymous" }, "view", 1],
  [{ kind: "Group", name: "system:authenticated" }, "system:discovery", 0],
])("%j has the role %s", (subject, name, count) => {
  const binding = object("binding", "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", {
    metadata: { name: "all" },
    roleRef: { kind: "ClusterRole", name },
    subjects: [subject],
  });
  expect(faultsOf(rolesAreForSome, evidenceOf(binding))).toHaveLength(count);
});
