import * as pulumi from "@pulumi/pulumi";
import { recordOnSite } from "../../test/support/recorded/data-site";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import { createUserOrganizationDatabase } from "./user-organization-database";

const managed = {
  "user-organization": {
    host: pulumi.output("db.example"),
    port: pulumi.output(24073),
    username: pulumi.secret("akmadmin"),
    password: pulumi.secret("of/Linode's+own"),
  },
};

test("the managed database is used where the stack has one, and none is made in the cluster (C12)", async () => {
  const { built, find, objects } = await recordOnSite((site) => createUserOrganizationDatabase(site, {}), {
    databases: managed,
  });
  expect(built.inCluster).toBeUndefined();
  expect(objects.map(({ kind }) => kind)).not.toContain("Cluster");
  expect(find("Secret", "user-organization-database")).toMatchObject({
    stringData: asSecret({
      url: "postgresql://akmadmin:of%2FLinode's%2Bown@db.example:24073/defaultdb?sslmode=require",
    }),
  });
});

test("elsewhere a cluster of its own serves it, found by the same Secret (002)", async () => {
  const { built, find } = await recordOnSite((site) => createUserOrganizationDatabase(site, {}), {
    environment: "staging",
  });
  expect(built.credentials).toMatchObject({ namespace: "staging", name: "user-organization-database" });
  expect(find("Secret", "user-organization-database")).toMatchObject({
    stringData: asSecret({
      url: `postgresql://user_organization:${generatedPassword}@user-organization-database.staging.svc:5432/user_organization?sslmode=require`,
    }),
  });
  const cluster = find("Cluster", "user-organization");
  expect(cluster).not.toHaveProperty("spec.postgresql.shared_preload_libraries");
});
