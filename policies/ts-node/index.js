// Pulumi's runner of policy packs always registers ts-node, and no option of PulumiPolicy.yaml stops it. ts-node
// needs the JavaScript API that TypeScript 7 no longer has, so the pack would die before its first line. This package
// stands in its place: esbuild strips the types as the files load, which also spares a type check at every start.
exports.register = () => require("esbuild-register");
