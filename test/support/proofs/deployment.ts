import { object, type Piece } from "./evidence";

export interface DeploymentOptions {
  readonly name?: string;
  readonly replicas?: number;
  /** Fields of the Deployment's specification. */
  readonly spec?: object;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of its pods' specification. */
  readonly pod?: object;
  /** Fields of its only container. */
  readonly container?: object;
}

/** The namespace of {@link deployment}. */
export const namespace = "shop";

/** A Deployment `cart` of pods with the label `app: cart`. */
export function deployment({
  name = "cart",
  replicas = 1,
  spec,
  annotations,
  pod,
  container,
}: DeploymentOptions = {}): Piece {
  const labels = { app: name };
  return object(name, "apps/v1", "Deployment", {
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...spec,
      template: {
        metadata: { labels, annotations },
        spec: { containers: [{ name, image: `${name}:1`, ...container }], ...pod },
      },
    },
  });
}

/** An autoscaler of {@link deployment}. */
export function autoscaler(minReplicas: number, maxReplicas: number, ...metrics: readonly object[]): Piece {
  return object("scaler", "autoscaling/v2", "HorizontalPodAutoscaler", {
    metadata: { name: "cart", namespace },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "cart" },
      minReplicas,
      maxReplicas,
      metrics,
    },
  });
}
