import { production } from "../../test/support/recorded/aws-platform";
import { awsSchema } from "../config/aws-schema";
import { clusterAddresses } from "./addresses";

test("pods reach the API server by its Service's address, which is the first of the range, and by its interfaces", () => {
  const { apiServer } = clusterAddresses(awsSchema.parse(production));
  expect(apiServer).toEqual({
    targets: ["172.20.0.1/32", "10.20.240.0/22", "10.20.244.0/22", "10.20.248.0/22"],
    ports: [443],
    sources: ["10.20.240.0/22", "10.20.244.0/22", "10.20.248.0/22"],
  });
  const elsewhere = awsSchema.parse({
    ...production,
    cluster: { ...production.cluster, serviceCidr: "10.100.0.0/16" },
  });
  expect(clusterAddresses(elsewhere).apiServer.targets).toContain("10.100.0.1/32");
});
