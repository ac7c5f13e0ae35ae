import type { KubernetesObject } from "../../api-server/object";

/** The parts of Kubernetes' objects that the cloud controller looks at. */

export interface StorageClass extends KubernetesObject {
  readonly provisioner: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly reclaimPolicy?: string;
  readonly volumeBindingMode?: string;
  readonly mountOptions?: readonly string[];
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[];
  }[];
}

export interface Claim extends KubernetesObject {
  readonly spec: {
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly volumeMode?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: { readonly requests?: { readonly storage?: string } };
  };
  readonly status?: { readonly phase?: string; readonly capacity?: { readonly storage?: string } };
}

export interface Volume extends KubernetesObject {
  readonly spec: {
    readonly capacity?: { readonly storage?: string };
    readonly persistentVolumeReclaimPolicy?: string;
    readonly claimRef?: { readonly namespace: string; readonly name: string; readonly uid?: string };
    readonly csi?: { readonly driver: string; readonly volumeHandle: string };
  };
  readonly status?: { readonly phase?: string };
}

export interface LoadBalancerStatus {
  readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
}

export interface Service extends KubernetesObject {
  readonly spec: { readonly type?: string; readonly loadBalancerClass?: string };
  readonly status?: { readonly loadBalancer?: LoadBalancerStatus };
}

export interface IngressClass extends KubernetesObject {
  readonly spec?: { readonly controller?: string };
}

export interface Ingress extends KubernetesObject {
  readonly spec?: { readonly ingressClassName?: string };
  readonly status?: { readonly loadBalancer?: LoadBalancerStatus };
}

/** Names a ConfigMap or Secret, all of it. */
export interface ObjectReference {
  readonly name?: string;
  readonly optional?: boolean;
}

/** Names one key of a ConfigMap or Secret. */
export interface KeyReference extends ObjectReference {
  readonly key: string;
}

interface FilesReference extends ObjectReference {
  readonly items?: readonly { readonly key: string }[];
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly valueFrom?: { readonly configMapKeyRef?: KeyReference; readonly secretKeyRef?: KeyReference };
  }[];
  readonly envFrom?: readonly {
    readonly configMapRef?: ObjectReference;
    readonly secretRef?: ObjectReference;
  }[];
}

export interface Pod extends KubernetesObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly initContainers?: readonly Container[];
    readonly containers: readonly Container[];
    readonly volumes?: readonly {
      readonly name: string;
      readonly configMap?: FilesReference;
      readonly secret?: Omit<FilesReference, "name"> & { readonly secretName?: string };
      readonly projected?: {
        readonly sources?: readonly {
          readonly configMap?: FilesReference;
          readonly secret?: FilesReference;
        }[];
      };
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly [key: string]: unknown }[];
  };
}

/** A ConfigMap or Secret. */
export interface Configuration extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}
