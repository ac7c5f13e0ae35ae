import { textsAt } from "../../../model/facts/read";
import type { Model, ModelObject, Workload } from "../../../model/model";
import { type Fault, nameOf } from "../../proof";
import { type Check, each, sum } from "../../verdict";
import { writtenWorkloads } from "../../written";
import { type ApiCall, textOf } from "./call";
import { type Calls, callers } from "./callers";
import { grantsOf, isAllowed, roleOf, rulesOf } from "./grants";
import { kubectlCalls } from "./kubectl";
import { pathCalls } from "./paths";
import { scriptsOf } from "./scripts";

const source = "Kubernetes, RBAC: rules add up, and what none allows is refused";

/** What each account calls, its roles allow; and the program's roles allow nothing that no account of theirs calls. */
export const accountsMay: Check = ({ model }) => {
  const asked = writtenWorkloads(model).map((workload) => ({ workload, ...scriptCalls(model, workload) }));
  return sum([
    each(asked, ({ workload, calls, unclear }) => [
      ...missing(model, workload, calls, source),
      ...unclear.map((command) => unclearFault(workload, command)),
    ]),
    each(knownWorkloads(model), ({ workload, needs, from }) => missing(model, workload, needs, from)),
    each(
      model.of("Role", "ClusterRole").filter(({ origin }) => origin.by === "program"),
      (role) => beyond(model, role, asked),
    ),
  ]);
};

interface Asked {
  readonly workload: Workload;
  readonly calls: readonly ApiCall[];
}

function scriptCalls(model: Model, workload: Workload) {
  const found = scriptsOf(model, workload).map((script) => {
    const { calls, unclear } = kubectlCalls(script, workload.namespace);
    return { calls: [...calls, ...pathCalls(script, workload.namespace)], unclear };
  });
  return {
    calls: found.flatMap(({ calls }) => calls),
    unclear: found.flatMap(({ unclear }) => unclear),
  };
}

function knownWorkloads(model: Model) {
  return model.workloads.flatMap((workload) =>
    callers
      .filter(({ account }) => account === workload.pod.serviceAccount)
      .map(({ needs, source: from }) => ({ workload, needs: callsOf(needs, workload.namespace), from })),
  );
}

function callsOf(calls: readonly Calls[], own: string): readonly ApiCall[] {
  return calls.flatMap(({ resource, verbs, where }) => {
    const [, group = "", rest = ""] = /^(?:([a-z0-9.]*\.[a-z0-9.]+|apps|batch)\/)?(.+)$/.exec(resource) ?? [];
    const namespace = where === "own" ? own : undefined;
    return verbs.split(" ").map((verb) => ({ verb, group, resource: rest, namespace }));
  });
}

function missing(
  model: Model,
  workload: Workload,
  calls: readonly ApiCall[],
  from: string,
): readonly Fault[] {
  const account = workload.pod.serviceAccount ?? "default";
  const grants = grantsOf(model, workload.cluster, workload.namespace, account);
  const refused = [...new Set(calls.filter((call) => !isAllowed(grants, call)).map(textOf))];
  return refused.length === 0
    ? []
    : [
        {
          object: nameOf(workload),
          rule: `its account ${account} may not ${refused.join(", ")}, which it calls`,
          source: from,
          fix: "give the account a role with these verbs",
        },
      ];
}

function unclearFault(workload: Workload, command: string): Fault {
  return {
    object: nameOf(workload),
    rule: `it runs "kubectl ${command}", and what it needs for that cannot be told`,
    source,
    fix: "name the verb and the kind in words, such as `kubectl get queues.rabbitmq.com`",
  };
}

/** What a role of the program gives, and no account that it is bound to calls. */
function beyond(model: Model, role: ModelObject, asked: readonly Asked[]): readonly Fault[] {
  const bindings = model
    .of("RoleBinding", "ClusterRoleBinding")
    .filter((binding) => binding.cluster === role.cluster && roleOf(model, binding) === role);
  // A release that is not locked yet may bind it.
  if (bindings.length === 0) return [];
  const accounts = bindings
    .flatMap(({ subjects = [] }) => subjects)
    .flatMap((subject) => {
      const [, namespace, account] = /^ServiceAccount ([^/]+)\/(.+)$/.exec(subject) ?? [];
      return namespace === undefined || account === undefined ? [] : [{ namespace, account }];
    });
  const called = accounts.flatMap(({ namespace, account }) => [
    ...callers
      .filter((caller) => caller.account === account)
      .flatMap(({ needs, listed = [] }) => callsOf([...needs, ...listed], namespace)),
    ...asked
      .filter(({ workload }) => workload.namespace === namespace && workload.pod.serviceAccount === account)
      .flatMap(({ calls }) => calls),
  ]);
  const extra = rulesOf(role).flatMap((rule) => unasked(rule, called));
  return extra.length === 0
    ? []
    : [
        {
          object: nameOf(role),
          rule: `it allows ${extra.join(", ")}, which no account that it is bound to is known to call`,
          source: "Kubernetes, RBAC good practices: least privilege",
          fix: "take it away, or list the call with its source in proofs/identities/kubernetes/callers.ts",
        },
      ];
}

function unasked(rule: unknown, called: readonly ApiCall[]): readonly string[] {
  return textsAt(rule, "apiGroups").flatMap((group) =>
    textsAt(rule, "resources").flatMap((resource) => {
      const verbs = textsAt(rule, "verbs").filter(
        (verb) =>
          !called.some((call) => call.verb === verb && call.group === group && call.resource === resource),
      );
      return verbs.length === 0
        ? []
        : [`${verbs.join(" ")} ${group === "" ? resource : `${group}/${resource}`}`];
    }),
  );
}
