import { readPlan } from "../model/read-plan";
import { planReportOf } from "../report/model/report";
import { picture } from "../report/page";

/** The picture of prod's report: what depends on the day is not in it. */
export function reportPicture(): string {
  return picture(planReportOf(readPlan("prod")), "atlas");
}
