import { controlCloud } from "../sandbox/cluster/cloud-controller/control";
import { Operators } from "./operators/operators";

const [, , clusterFolder] = process.argv;
if (clusterFolder === undefined) {
  throw new Error("usage: cloud-controller CLUSTER_FOLDER [CODE_VERSION]");
}

void controlCloud(clusterFolder, (api, onChange) => new Operators(api, onChange));
