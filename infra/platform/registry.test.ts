import { generatedPassword } from "../../test/support/recorded/objects";
import { recordServices } from "../../test/support/recorded/services";
import { Registry } from "./registry";

const record = (availability: string) =>
  recordServices(
    (site) => {
      new Registry("registry", { site });
    },
    { stack: { platform: { availability } } },
  );

test("Harbor answers where 000's workflow pushes to, with a certificate of the cluster's issuer", async () => {
  const { find } = await record("high");
  expect(find("Release", "harbor").values).toMatchObject({
    externalURL: "https://registry.atlas-financial.com",
    expose: {
      type: "ingress",
      ingress: {
        className: "nginx",
        hosts: { core: "registry.atlas-financial.com" },
        annotations: {
          "cert-manager.io/cluster-issuer": "letsencrypt-prod",
          "nginx.org/client-max-body-size": "0",
        },
      },
    },
  });
});

test("each of its secrets is generated, none is the chart's own", async () => {
  const { find } = await record("high");
  const { values } = find("Release", "harbor");
  const secretName = "harbor-secrets";
  expect(values).toMatchObject({
    existingSecretAdminPassword: secretName,
    existingSecretSecretKey: secretName,
    core: { existingSecret: secretName, existingXsrfSecret: secretName },
    jobservice: { existingSecret: secretName },
    registry: {
      existingSecret: secretName,
      credentials: { password: generatedPassword },
    },
    database: { internal: { password: generatedPassword } },
  });
  const keys = Object.keys(Object(find("Secret", secretName).stringData).value);
  expect(keys).toEqual(
    expect.arrayContaining([
      "HARBOR_ADMIN_PASSWORD",
      "secretKey",
      "secret",
      "CSRF_KEY",
      "JOBSERVICE_SECRET",
      "REGISTRY_HTTP_SECRET",
    ]),
  );
});

test.each([
  ["high", 2],
  ["single", 1],
])(
  "availability %s: what answers users runs %i times; the volume's pod only once",
  async (availability, count) => {
    const { find } = await record(availability);
    expect(find("Release", "harbor").values).toMatchObject({
      core: { replicas: count },
      portal: { replicas: count },
      jobservice: { replicas: count, jobLoggers: ["database"] },
      registry: expect.not.objectContaining({ replicas: expect.anything() }),
      updateStrategy: { type: "Recreate" },
    });
  },
);
