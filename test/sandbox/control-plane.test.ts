// One control plane for all of them: a start takes five seconds of CPU.
import "./control-plane/workloads";
import "./control-plane/claims";
import "./control-plane/waiting-pods";
import "./control-plane/failures";
import "./control-plane/removal";
