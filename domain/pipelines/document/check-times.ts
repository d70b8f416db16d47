import { cronWords, nextFires } from "../../shared/cron";
import { Failure, type InputError } from "../../shared/failure";
import { parseDuration } from "../parse-duration";
import type { PipelineDocument } from "./pipeline-document";

const EPOCH = new Date(0);
const NO_TIME = "A timeout of zero ends the work before it starts. Leave the field out for no limit.";

/** What is wrong with the schedule and with the limits of time. */
export function checkTimes({ schedule, timeout, tasks }: PipelineDocument): InputError[] {
  const isZero = (text: string | undefined) => text !== undefined && parseDuration(text) === 0;
  return [
    ...checkSchedule(schedule),
    ...(isZero(timeout) ? [{ pointer: "/timeout", message: NO_TIME }] : []),
    ...tasks.flatMap((task, index) =>
      isZero(task.timeout) ? [{ pointer: `/tasks/${index}/timeout`, message: NO_TIME }] : [],
    ),
  ];
}

function checkSchedule(schedule: PipelineDocument["schedule"]): InputError[] {
  if (schedule === undefined) return [];
  const [times, at] =
    typeof schedule === "string"
      ? [{ expression: schedule }, ["/schedule", "/schedule"]]
      : [
          { expression: schedule.cron, time_zone: schedule.time_zone },
          ["/schedule/cron", "/schedule/time_zone"],
        ];
  try {
    const words = cronWords(times);
    if (nextFires(times, EPOCH, 1).length > 0) return [];
    return [
      { pointer: at[0] as string, message: `No moment fits this schedule (${words}): it would never run.` },
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const isZone = error.message.includes("time zone");
    return [
      { pointer: at[isZone ? 1 : 0] as string, message: `${error.message} ${error.hint ?? ""}`.trim() },
    ];
  }
}
