import { randomOf } from "../../domain/pipelines/interpreter/scripted/scripted-run";

export type Victim = "worker" | "web" | "database" | "lake" | "ray head" | "ray raylet" | "ray gcs";

/** One kill, in the middle of a task: after `share` (0 to 1) of the time that the task takes undisturbed. */
export type Kill = { number: number; victim: Victim; during: string; share: number };

/** Half of the kills fall into the training, the longest task with the most parts; Ray has a part in no other. */
const MOMENTS = ["training", "features", "training", "validation", "training", "summary"];
const RAY: Victim[] = ["ray head", "ray raylet", "ray gcs"];

/** `count` kills; every five of them take the worker, the web server, the database, the lake and a part of Ray once each. */
export function killPlan(seed: number, count: number): Kill[] {
  const random = randomOf(seed);
  const plan: Kill[] = [];
  let waiting: Victim[] = [];
  for (let number = 1; number <= count; number += 1) {
    if (waiting.length === 0) {
      waiting = ["worker", "web", "database", "lake", RAY[Math.floor(random() * RAY.length)] as Victim];
    }
    const [victim] = waiting.splice(Math.floor(random() * waiting.length), 1);
    const anyTask = MOMENTS[Math.floor(random() * MOMENTS.length)] as string;
    const during = victim?.startsWith("ray") ? "training" : anyTask;
    plan.push({ number, victim: victim as Victim, during, share: Math.round(random() * 1000) / 1000 });
  }
  return plan;
}
