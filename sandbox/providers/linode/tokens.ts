/** Type tokens that tables name more than once. */
export const tokens = {
  bucket: "linode:index/objectStorageBucket:ObjectStorageBucket",
  database: "linode:index/databasePostgresqlV2:DatabasePostgresqlV2",
  domain: "linode:index/domain:Domain",
  firewall: "linode:index/firewall:Firewall",
  instance: "linode:index/instance:Instance",
  lkeCluster: "linode:index/lkeCluster:LkeCluster",
  lkeNodePool: "linode:index/lkeNodePool:LkeNodePool",
  vpc: "linode:index/vpc:Vpc",
  vpcSubnet: "linode:index/vpcSubnet:VpcSubnet",
} as const;
