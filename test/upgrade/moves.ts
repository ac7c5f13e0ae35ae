/** What an upgrade from the recorded states replaces or deletes on purpose. None of it holds data. */
interface Move {
  /** Of the resources, as the engine names them: `aws:eks:NodeGroup aws-general-group`. */
  readonly resources: RegExp;
  readonly why: string;
}

/** Empty again once the states are recorded with the next release. */
export const moves: readonly Move[] = [
  {
    resources:
      /^(ai-platform:aws:NodeGroup|aws:ec2:LaunchTemplate|aws:eks:NodeGroup) aws-(general|data-storage|ai-compute-on-demand)(-group|-template)?$/,
    why: "A node group over several zones does not grow in the zone of a waiting volume: each zone has its own. Pods move, volumes stay",
  },
  {
    resources: /^aws:eks:NodeGroup aws-ai-compute-spot-group$/,
    why: "Its machines are half as large, and EKS replaces a group whose types change",
  },
  {
    resources: /^aws:eks:NodeGroup aws-ai-spot-workers-group$/,
    why: "t2 instances join clusters of Amazon Linux 2023 unreliably, and EKS replaces a group whose types change",
  },
  {
    resources:
      /^(ai-platform:aws:(PodRole|WorkloadRole)|aws:eks:PodIdentityAssociation|aws:iam:Role|aws:iam:RolePolicy) aws-roles-(aiaas-backup|aiaas-restore-check|analytics|user-organization|model-training)(-association|-role|-policy)?$/,
    why: "Systems that run on Linode, and training where a stack has none, have no roles on AWS",
  },
  {
    resources:
      /^(ai-platform:aws:(PodRole|WorkloadRole)|aws:eks:PodIdentityAssociation|aws:iam:Role|aws:iam:RolePolicy) aws-roles-(ai|ai-middleware)-(backup|restore-check)(-association|-role|-policy)?$/,
    why: "Each store's backup and check has a role of its own, for its own folder",
  },
  {
    resources: /^kubernetes:core\/v1:ServiceAccount (atlas|aiaas|ai-middleware)-recovery-(check-)?account$/,
    why: "Each job has an account of its own",
  },
  {
    resources: /^kubernetes:batch\/v1:Job market-research-model-sync-job$/,
    why: "A Job's pods cannot be changed: it runs again, with room on the node's disk, and ends where its node goes",
  },
  {
    resources:
      /^kubernetes:(batch\/v1:CronJob (ai-middleware-recovery-ai-middleware-mongodb|atlas-recovery-(models|vectors))-backup|networking\.k8s\.io\/v1:NetworkPolicy aws-network-\S+-daily-backup-(ai-middleware-mongodb|models|vectors))$/,
    why: "What 001 allows an hour to be lost of is copied each hour, by jobs that are named so. Copies that are there stay",
  },
  {
    resources:
      /^kubernetes:(networking\.k8s\.io\/v1:NetworkPolicy|security\.istio\.io\/v1:AuthorizationPolicy) aws-(network|mesh-policies)-\S+-acme-http01-solver(-authorizationpolicy)?$/,
    why: "Hosts in a zone of the stack are proven by a record: no pod answers for them",
  },
  {
    resources: /^aws:backup:Selection aws-volume-backups-volumes$/,
    why: "AWS replaces a selection that changes: scratch volumes are left out. Its recovery points stay",
  },
  {
    resources: /^kubernetes:core\/v1:ServiceAccount aiaas-(analytics|user-organization)-account$/,
    why: "CloudNativePG takes an account of its cluster's name over: the services have accounts of other names",
  },
  {
    resources: /^kubernetes:networking\.k8s\.io\/v1:NetworkPolicy aiaas-user-organization-database-policy$/,
    why: "The service uses PostgreSQL in the cluster. The managed database stays: the stack file keeps its entry with managed: false",
  },
  {
    resources: /^kubernetes:policy\/v1:PodDisruptionBudget (aiaas-redis|atlas-cache)-sentinel-budget$/,
    why: "redis-operator deletes budgets of that name",
  },
  {
    resources:
      /^kubernetes:security\.istio\.io\/v1:AuthorizationPolicy aws-mesh-policies-atlas-logging-kibana-authorizationpolicy$/,
    why: "Only Kibana's visitors call it: the operator does not",
  },
];
