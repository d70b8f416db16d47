import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TASK_TYPES } from "@/domain/pipelines/task-types/index";
import { TaskForm } from "./TaskForm";

const draw = (type: string, config: Record<string, unknown>) =>
  renderToStaticMarkup(
    <TaskForm
      errors={[]}
      onChange={() => {}}
      task={{ id: "t", type, dependsOn: [], config, raw: { task_id: "t", type, config } }}
      whyReadOnly={null}
    />,
  );

for (const { type, initial } of TASK_TYPES)
  it(`has a control for every field of ${type}`, () => {
    const config = initial as Record<string, unknown>;
    const html = draw(type, config);
    expect(html).not.toContain("Free fields");
    expect(html).not.toMatch(/unsupported|unknown field/i);
    for (const key of Object.keys(config)) expect(html).toContain(key);
  });

it("writes what has no shape of its own as JSON", () => {
  const html = draw("ray_train", { hyperparameters: { model_type: "lightgbm" } });
  expect(html).toMatch(/<textarea[^>]*id="config_hyperparameters"[^>]*>[^<]*lightgbm/);
});

it("draws the two ends of a range", () => {
  const html = draw("model_evaluate", { thresholds: { bias_range: [-0.05, 0.05] } });
  expect(html).toContain('value="-0.05"');
  expect(html).toContain('value="0.05"');
});
