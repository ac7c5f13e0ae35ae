import { resourceNames } from "./stored-release";

test("a release's objects are listed by kind and API version, as the official provider lists them", () => {
  const manifest = `---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: Service
metadata: {name: api}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
---
# a template that rendered nothing
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
`;
  expect(resourceNames(manifest)).toEqual({
    "Service/v1": ["api", "shop/web"],
    "Deployment.apps/apps/v1": ["shop/web"],
    "ClusterRole.rbac.authorization.k8s.io/rbac.authorization.k8s.io/v1": ["reader"],
  });
});
