import { Plan } from "../model/plan";
import { reviewedFolder } from "../model/reviewed";
import { planReportOf } from "../report/model/report";
import { picture } from "../report/page";

/** The picture of prod's report: what depends on the day is not in it. */
export function reportPicture(): string {
  return picture(planReportOf(Plan.read("prod", reviewedFolder("prod"))), "atlas");
}
