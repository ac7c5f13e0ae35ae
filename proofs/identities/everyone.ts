import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** Groups and users that strangers, or all pods there are, belong to. */
const everyone =
  /^(Group system:(authenticated|unauthenticated|serviceaccounts(:.*)?)|User system:anonymous)$/;

/** What Kubernetes itself gives to all: to ask what there is, and what they may do. */
const harmless = /^system:(basic-user|discovery|public-info-viewer|service-account-issuer-discovery)$/;

/** No role is for everyone. */
export const rolesAreForSome: Check = ({ model }) =>
  each(model.of("RoleBinding", "ClusterRoleBinding"), (binding) => {
    const { role = "", subjects = [] } = binding;
    const found = harmless.test(role) ? [] : subjects.filter((subject) => everyone.test(subject));
    return found.map((subject) => ({
      object: nameOf(binding),
      rule: `it gives the role ${role} to ${subject}: to every pod, or to the world`,
      source: "Kubernetes, RBAC good practices: groups that everyone is in",
      fix: "name the accounts that it is for",
    }));
  });
