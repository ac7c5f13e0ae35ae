import { type OptionalService, optionalServices } from "../../infra/config/platform";

/** What a stack on EKS with a zone is refused without: `infra/config/rules/left-out.ts`. */
const neededOnAws: readonly OptionalService[] = ["dns", "mesh"];

/** What such a stack can do without. */
export const withoutOnAws = optionalServices.filter((service) => !neededOnAws.includes(service));
