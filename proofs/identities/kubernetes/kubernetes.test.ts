import { evidenceOf, faultsOf, object, type Piece } from "../../../test/support/proofs/evidence";
import { identities } from "..";
import { accountsMay } from ".";
import { kubectlCalls } from "./kubectl";
import { pathCalls } from "./paths";

const namespace = "shop";
const rbac = "rbac.authorization.k8s.io/v1";

const rule = (
  apiGroups: readonly string[],
  resources: readonly string[],
  verbs: string,
  resourceNames?: string[],
) => ({
  apiGroups,
  resources,
  verbs: verbs.split(" "),
  ...(resourceNames && { resourceNames }),
});
const role = (rules: readonly object[], kind = "Role"): Piece =>
  object("role", rbac, kind, { metadata: { name: "cart", ...(kind === "Role" && { namespace }) }, rules });
const binding = (account = "cart", kind = "RoleBinding", of = "Role", own = namespace): Piece =>
  object("binding", rbac, kind, {
    metadata: { name: "cart", ...(kind === "RoleBinding" && { namespace: own }) },
    roleRef: { kind: of, name: "cart" },
    subjects: [{ kind: "ServiceAccount", name: account, namespace }],
  });
const job = (container: object, account = "cart", pod: object = {}): Piece =>
  object("job", "batch/v1", "Job", {
    metadata: { name: "cart", namespace },
    spec: {
      template: {
        spec: {
          serviceAccountName: account,
          containers: [{ name: "cart", image: "cart:1", ...container }],
          ...pod,
        },
      },
    },
  });
const faults = (...pieces: readonly Piece[]) => faultsOf(accountsMay, evidenceOf(...pieces));

const scaling = job({ command: ["sh", "-c", "kubectl scale deployment/till --replicas=3"] });
const mayScale = [rule(["apps"], ["deployments"], "get"), rule(["apps"], ["deployments/scale"], "patch")];

describe("a script that scales", () => {
  test("may, by a role of its namespace", () => {
    expect(faults(scaling, role(mayScale), binding())).toEqual([]);
    expect(
      faults(scaling, role(mayScale, "ClusterRole"), binding("cart", "RoleBinding", "ClusterRole")),
    ).toEqual([]);
    expect(
      faults(scaling, role(mayScale, "ClusterRole"), binding("cart", "ClusterRoleBinding", "ClusterRole")),
    ).toEqual([]);
  });

  test("may for the names that the role says", () => {
    const only = (name: string) => mayScale.map((one) => ({ ...one, resourceNames: [name] }));
    expect(faults(scaling, role(only("till")), binding())).toEqual([]);
    expect(faults(scaling, role(only("cart")), binding())).toEqual([
      expect.stringContaining("may not get apps/"),
    ]);
  });

  const refused =
    "aws: Job shop/cart: its account cart may not get apps/deployments in shop, patch apps/deployments/scale in shop, which it calls";

  test.each<readonly [string, readonly Piece[], readonly string[]]>([
    ["without any", [], [refused]],
    [
      "whose role lacks a verb",
      [role([rule(["apps"], ["deployments"], "get")]), binding()],
      ["aws: Job shop/cart: its account cart may not patch apps/deployments/scale in shop, which it calls"],
    ],
    [
      "whose role is of another group",
      [role(mayScale.map((one) => ({ ...one, apiGroups: [""] }))), binding()],
      [refused],
    ],
    ["whose role is another account's", [role(mayScale), binding("till")], [refused]],
    [
      "whose role is bound elsewhere",
      [role(mayScale, "ClusterRole"), binding("cart", "RoleBinding", "ClusterRole", "till")],
      [refused],
    ],
  ])("is refused %s", (_, pieces, expected) => {
    expect(faults(scaling, ...pieces).filter((fault) => fault.includes(" Job "))).toEqual(expected);
  });

  test("is left to a role whose rules others write", () => {
    expect(faults(scaling, binding())).toEqual([]);
  });
});

test("a script's files are read as far as it names them", () => {
  const map = object("map", "v1", "ConfigMap", {
    metadata: { name: "scripts", namespace },
    data: {
      "run.sh": ". /scripts/common.sh\nlist\n",
      "common.sh": "list() { kubectl get pods -l app=cart; }\n",
      "other.sh": "kubectl delete namespace shop\n",
    },
  });
  const pod = { volumes: [{ name: "scripts", configMap: { name: "scripts" } }] };
  expect(faults(map, job({ command: ["sh", "/scripts/run.sh"] }, "cart", pod))).toEqual([
    "aws: Job shop/cart: its account cart may not get pods in shop, list pods in shop, which it calls",
  ]);
});

describe("a role", () => {
  test("that a release may bind which is not locked yet is not judged", () => {
    expect(faults(role(mayScale, "ClusterRole"))).toEqual([]);
  });

  test("that gives more than is called", () => {
    const extra = [...mayScale, rule([""], ["secrets"], "get list")];
    expect(faults(scaling, role(extra), binding())).toEqual([
      "aws: Role shop/cart: it allows get list secrets, which no account that it is bound to is known to call",
    ]);
  });

  test("of software whose calls are listed", () => {
    const sidecar = job({}, "grafana");
    const given = (verbs: string) => [
      role([rule([""], ["configmaps"], verbs)], "ClusterRole"),
      binding("grafana", "ClusterRoleBinding", "ClusterRole"),
    ];
    expect(faults(sidecar, ...given("get list watch"))).toEqual([]);
    expect(faults(sidecar, ...given("get"))).toEqual([
      "aws: Job shop/cart: its account grafana may not list configmaps everywhere, watch configmaps everywhere, which it calls",
    ]);
    expect(faults(sidecar, ...given("list watch delete"))).toEqual([
      expect.stringContaining("ClusterRole cart: it allows delete configmaps"),
    ]);
  });

  test("of one namespace is not enough for what is called everywhere", () => {
    const given = [role([rule([""], ["configmaps"], "list watch")]), binding("grafana")];
    expect(faults(job({}, "grafana"), ...given)).toEqual([
      expect.stringContaining("may not list configmaps everywhere"),
    ]);
  });
});

test.each<readonly [string, readonly string[]]>([
  ["kubectl get pods", ["get pods shop", "list pods shop"]],
  ["kubectl -n till get pod web", ["get pods till web"]],
  ["kubectl get nodes", ["get nodes -", "list nodes -"]],
  [
    "kubectl get queues.rabbitmq.com --all-namespaces",
    ["get rabbitmq.com queues -", "list rabbitmq.com queues -"],
  ],
  ["kubectl exec web-0 -- ls", ["get pods shop web-0", "create pods/exec shop web-0"]],
  ["kubectl logs deploy/web", ["get pods shop", "get pods/log shop"]],
  [
    "kubectl rollout status statefulset/web",
    ["get apps statefulsets shop web", "list apps statefulsets shop web", "watch apps statefulsets shop web"],
  ],
  ["if kubectl delete job web; then true; fi", ["get batch jobs shop web", "delete batch jobs shop web"]],
  [
    "kubectl patch cm web \\\n  --type merge -p '{}'",
    ["get configmaps shop web", "patch configmaps shop web"],
  ],
  ['kubectl get secret "$NAME" -n "$NAMESPACE"', ["get secrets shop"]],
  ["# kubectl delete namespace shop", []],
  ["echo kubectl", []],
  ["kubectl version", []],
])("%s", (script, expected) => {
  const { calls, unclear } = kubectlCalls(script, namespace);
  expect(
    calls.map(({ verb, group, resource, namespace: where = "-", name }) =>
      [verb, group, resource, where, name].filter((one) => one !== undefined && one !== "").join(" "),
    ),
  ).toEqual(expected);
  expect(unclear).toEqual([]);
});

test.each([
  "kubectl get carts",
  "kubectl frobnicate pods",
  'kubectl get "$KIND"',
  "kubectl apply -f /manifests",
])("what %s needs cannot be told", (script) => {
  expect(kubectlCalls(script, namespace).unclear).toHaveLength(1);
  expect(faults(job({ command: ["sh", "-c", script] }))).toEqual([expect.stringContaining("cannot be told")]);
});

test.each<readonly [string, readonly string[]]>([
  ["curl https://kubernetes.default.svc/api/v1/namespaces/till/pods", ["list pods till"]],
  ["curl -X DELETE https://kubernetes.default/api/v1/namespaces/$NS/pods/web-0", ["delete pods shop web-0"]],
  [
    "curl -X PATCH https://$KUBERNETES_SERVICE_HOST/apis/apps/v1/namespaces/till/deployments/web/scale",
    ["patch apps deployments/scale till web"],
  ],
  ["curl https://shop.test/api/v1/namespaces/till/pods", []],
])("%s", (script, expected) => {
  expect(
    pathCalls(script, namespace).map(({ verb, group, resource, namespace: where, name }) =>
      [verb, group, resource, where, name].filter((one) => one !== undefined && one !== "").join(" "),
    ),
  ).toEqual(expected);
});

test("the proof has it", () => {
  expect(faultsOf(identities, evidenceOf(scaling))).toEqual([
    expect.stringContaining("its account cart may not"),
  ]);
});
