// One control plane for all of them: a start takes five seconds of CPU.
import "./kubernetes-provider/every-kind";
import "./kubernetes-provider/changes";
import "./kubernetes-provider/definitions";
import "./kubernetes-provider/releases";
import "./kubernetes-provider/manifests";
