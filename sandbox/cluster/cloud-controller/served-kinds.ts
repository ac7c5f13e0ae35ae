import type { ApiClient } from "../../api-server/client";
import { isStatus } from "../../api-server/errors";

/** A kind that an API server serves, and where. */
export interface ServedKind {
  /** `group/Kind` */
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: string;
}

interface GroupList {
  readonly groups: readonly {
    readonly name: string;
    readonly preferredVersion: { readonly groupVersion: string };
  }[];
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string }[];
}

/** Those of the kinds, each given as `group/Kind`, that are served now. */
export async function servedKinds(api: ApiClient, wanted: readonly string[]): Promise<readonly ServedKind[]> {
  const { groups } = await api.get<GroupList>("/apis");
  const asked = groups.filter(({ name }) => wanted.some((one) => one.startsWith(`${name}/`)));
  const served = await Promise.all(
    asked.map(async ({ name: group, preferredVersion: { groupVersion: apiVersion } }) =>
      (await resourcesOf(api, apiVersion))
        .filter(({ name, kind }) => !name.includes("/") && wanted.includes(`${group}/${kind}`))
        .map(({ name, kind }) => ({
          name: `${group}/${kind}`,
          apiVersion,
          kind,
          path: `/apis/${apiVersion}/${name}`,
        })),
    ),
  );
  return served.flat();
}

/** None where the group is gone again since it was listed. */
async function resourcesOf(api: ApiClient, apiVersion: string): Promise<ResourceList["resources"]> {
  try {
    return (await api.get<ResourceList>(`/apis/${apiVersion}`)).resources;
  } catch (error) {
    if (isStatus(error, 404)) {
      return [];
    }
    throw error;
  }
}
