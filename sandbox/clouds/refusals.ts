import { CloudError } from "./errors";
import type { ResourceTable } from "./table";

/** @throws CloudError as the cloud has it for what is there already */
export function refuseSecond(table: ResourceTable, id: string): never {
  throw new CloudError(
    table.alreadyExists ?? "ResourceAlreadyExistsException",
    `${table.label} ${id} already exists`,
  );
}

/** Says what was being done when the cloud refused. */
export async function explained<T>(doing: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof CloudError) throw new Error(`${doing}: ${error.message}`, { cause: error });
    throw error;
  }
}
