// The floor of a preview: as many resources as the program under measurement has, with no program around them.
const pulumi = require("@pulumi/pulumi");
const random = require("@pulumi/random");

const count = Number(process.env.FLOOR_RESOURCES);

module.exports = () => {
  const provider = new random.Provider("random");
  for (let index = 0; index < count - 1; index += 1) {
    new random.RandomId(`resource-${index}`, { byteLength: 8 }, { provider });
  }
  return { project: pulumi.getProject() };
};
