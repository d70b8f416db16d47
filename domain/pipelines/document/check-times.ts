import { cronWords, nextFires } from "../../shared/cron";
import { Failure } from "../../shared/failure";
import { parseDuration } from "../parse-duration";
import type { DocumentError } from "./document-error";
import type { PipelineDocument } from "./pipeline-document";

const EPOCH = new Date(0);
const NO_TIME = "A timeout of zero ends the work before it starts. Leave the field out for no limit.";

/** What is wrong with the schedule and with the limits of time. */
export function checkTimes({ schedule, timeout, tasks }: PipelineDocument): DocumentError[] {
  const isZero = (text: string | undefined) => text !== undefined && parseDuration(text) === 0;
  return [
    ...checkSchedule(schedule),
    ...(isZero(timeout) ? [{ pointer: "/timeout", code: "timeout" as const, message: NO_TIME }] : []),
    ...tasks.flatMap((task, index): DocumentError[] =>
      isZero(task.timeout)
        ? [{ pointer: `/tasks/${index}/timeout`, code: "timeout" as const, message: NO_TIME }]
        : [],
    ),
  ];
}

const REMEMBERED = 500;
const remembered = new Map<string, DocumentError[]>();

/** Calendars are slow to ask, and a document that is edited keeps its schedule. */
function checkSchedule(schedule: PipelineDocument["schedule"]): DocumentError[] {
  const key = JSON.stringify(schedule ?? null);
  const found = remembered.get(key) ?? readSchedule(schedule);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, found);
  return found;
}

function readSchedule(schedule: PipelineDocument["schedule"]): DocumentError[] {
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
      {
        pointer: at[0] as string,
        code: "schedule",
        message: `No moment fits this schedule (${words}): it would never run.`,
      },
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const isZone = error.message.includes("time zone");
    return [
      {
        pointer: at[isZone ? 1 : 0] as string,
        code: "schedule",
        message: `${error.message} ${error.hint ?? ""}`.trim(),
      },
    ];
  }
}
