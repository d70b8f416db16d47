import { expect, test } from "@playwright/test";
import { ADMIN_SESSION, call, openPage } from "./world";

test.use({ storageState: ADMIN_SESSION });

test("an archived pipeline leaves the list, starts nothing, keeps its runs, and comes back", async ({
  page,
}) => {
  const pipelineId = "e2e-archive";
  const config = { sql: "SELECT 1 AS n", target_table: "analytics.e2e.archive", write_mode: "overwrite" };
  const tasks = [{ task_id: "write", type: "sql_execute", config }];
  const document = { pipeline_id: pipelineId, name: "Seldom used", schedule: "0 2 * * *", tasks };
  await openPage(page, "/sample/pipelines");
  await call(page, "pipelines.save", { pipelineId, document });
  const { id } = await call<{ id: string }>(page, "pipelines.run", { pipelineId });
  const nextFires = async () => {
    const input = encodeURIComponent(JSON.stringify({ json: { workspace: "sample", pipelineId } }));
    const answer = await page.request.get(`/api/trpc/schedules.get?input=${input}`);
    const body = (await answer.json()) as { result: { data: { json: { nextFires: string[] } } } };
    return body.result.data.json.nextFires.length;
  };
  expect(await nextFires()).toBeGreaterThan(0);

  await openPage(page, `/sample/pipelines/${pipelineId}?tab=runs`);
  await page.getByRole("button", { name: `More acts on ${pipelineId}` }).click();
  await page.getByRole("menuitem", { name: "Archive the pipeline" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill(pipelineId);
  await dialog.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByText(/^Archived by Ada Admin/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Run", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  expect(await nextFires()).toBe(0);
  await page.getByRole("link", { name: "Run 1", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${id}$`));
  await expect(page.getByRole("heading", { name: /Run 1/ })).toBeVisible();

  await openPage(page, "/sample/pipelines");
  await expect(page.getByRole("button", { name: /^Run / }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Seldom used" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show archived" }).click();
  await page.getByRole("button", { name: "Bring back Seldom used" }).click();
  await expect(page.getByRole("button", { name: "Run Seldom used" })).toBeVisible();
  expect(await nextFires()).toBeGreaterThan(0);
});
