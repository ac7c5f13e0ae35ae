// Pulumi's runner of policy packs always registers ts-node, and no option of PulumiPolicy.yaml stops it. ts-node
// needs the JavaScript API that TypeScript 7 no longer has, so the pack would die before its first line. This package
// stands in its place: esbuild strips the types as the files load, which also spares a type check at every start. Whoever
// starts the runner may name another loader, as the sandbox does with one that remembers what esbuild made.
exports.register = () => require(process.env.AI_PLATFORM_TYPESCRIPT || "esbuild-register");
