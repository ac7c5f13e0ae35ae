import { only, record } from "../../test/support/recorded/site";
import { SealedSecrets } from "./sealed-secrets";

const build = () => record((site) => new SealedSecrets("sealed-secrets", { site }));

test("only administrators may have sealed values sealed again through the API server", async () => {
  const { objects } = await build();
  expect(only(objects, "Release", "values.rbac.serviceProxier")).toEqual({ create: false, bind: false });
});

test("passes the restricted Pod Security Standard, which its chart alone does not (B3)", async () => {
  const { objects } = await build();
  expect(only(objects, "Release", "values.containerSecurityContext")).toMatchObject({
    allowPrivilegeEscalation: false,
    seccompProfile: { type: "RuntimeDefault" },
  });
});

test("runs the image that the project publishes at GitHub", async () => {
  const { objects } = await build();
  expect(only(objects, "Release", "values.image")).toEqual({
    registry: "ghcr.io",
    repository: "bitnami-labs/sealed-secrets-controller",
    tag: "0.36.6",
  });
});
