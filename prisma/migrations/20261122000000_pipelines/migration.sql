-- AlterTable
ALTER TABLE "PipelineVersion" ADD COLUMN     "note" TEXT,
ADD COLUMN     "restoredFrom" INTEGER,
ADD COLUMN     "text" TEXT;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "admittedAt" TIMESTAMPTZ,
ADD COLUMN     "backfillId" TEXT,
ADD COLUMN     "parameters" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "parentRunId" TEXT,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scheduledFor" TIMESTAMPTZ,
ADD COLUMN     "trigger" TEXT NOT NULL DEFAULT 'manual',
ADD COLUMN     "warning" TEXT;

-- AlterTable
ALTER TABLE "TaskRun" ADD COLUMN     "because" TEXT,
ADD COLUMN     "childOf" TEXT,
ADD COLUMN     "inputHash" TEXT,
ADD COLUMN     "inputs" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "revision" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "waits" TEXT;

-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "grantedAt" TIMESTAMPTZ,
ADD COLUMN     "revision" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Pipeline" (
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "activeVersion" INTEGER,
    "isPaused" BOOLEAN NOT NULL DEFAULT false,
    "draft" TEXT,
    "draftRevision" INTEGER NOT NULL DEFAULT 0,
    "draftOf" INTEGER,
    "draftBy" TEXT,
    "draftAt" TIMESTAMPTZ,
    "dealtUntil" TIMESTAMPTZ,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Pipeline_pkey" PRIMARY KEY ("workspaceId","pipelineId")
);

-- CreateTable
CREATE TABLE "PipelinePresence" (
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "selectedTask" TEXT,
    "seenAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PipelinePresence_pkey" PRIMARY KEY ("workspaceId","pipelineId","sessionId")
);

-- CreateTable
CREATE TABLE "Backfill" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "pipelineId" TEXT NOT NULL,
    "pipelineVersion" INTEGER NOT NULL,
    "fromAt" TIMESTAMPTZ NOT NULL,
    "untilAt" TIMESTAMPTZ NOT NULL,
    "cron" TEXT,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "status" TEXT NOT NULL,
    "parallel" INTEGER NOT NULL DEFAULT 1,
    "newestFirst" BOOLEAN NOT NULL DEFAULT false,
    "which" TEXT NOT NULL DEFAULT 'all',
    "total" INTEGER NOT NULL,
    "made" INTEGER NOT NULL DEFAULT 0,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "Backfill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConcurrencyLimit" (
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "most" INTEGER NOT NULL,

    CONSTRAINT "ConcurrencyLimit_pkey" PRIMARY KEY ("workspaceId","kind","name")
);

-- CreateTable
CREATE TABLE "NotificationTarget" (
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NotificationTarget_pkey" PRIMARY KEY ("workspaceId","channel","name")
);

-- CreateTable
CREATE TABLE "NotificationDelivery" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "dueAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ,

    CONSTRAINT "NotificationDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AttemptStep" (
    "runId" TEXT NOT NULL,
    "taskId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AttemptStep_pkey" PRIMARY KEY ("runId","taskId","attempt","name")
);

-- CreateIndex
CREATE INDEX "Backfill_workspaceId_pipelineId_createdAt_idx" ON "Backfill"("workspaceId", "pipelineId", "createdAt");

-- CreateIndex
CREATE INDEX "Backfill_status_idx" ON "Backfill"("status");

-- CreateIndex
CREATE INDEX "NotificationDelivery_status_dueAt_idx" ON "NotificationDelivery"("status", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationDelivery_runId_event_channel_target_key" ON "NotificationDelivery"("runId", "event", "channel", "target");

-- CreateIndex
CREATE INDEX "Run_workspaceId_pipelineId_status_priority_number_idx" ON "Run"("workspaceId", "pipelineId", "status", "priority" DESC, "number");

-- CreateIndex
CREATE INDEX "Run_workspaceId_pipelineId_scheduledFor_idx" ON "Run"("workspaceId", "pipelineId", "scheduledFor");

-- CreateIndex
CREATE INDEX "Run_backfillId_idx" ON "Run"("backfillId");

-- CreateIndex
CREATE INDEX "TaskRun_runId_revision_idx" ON "TaskRun"("runId", "revision");

-- CreateIndex
CREATE INDEX "Attempt_runId_revision_idx" ON "Attempt"("runId", "revision");

-- CreateIndex
CREATE INDEX "Attempt_status_idx" ON "Attempt"("status");

-- AddForeignKey
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AttemptStep" ADD CONSTRAINT "AttemptStep_runId_taskId_attempt_fkey" FOREIGN KEY ("runId", "taskId", "attempt") REFERENCES "Attempt"("runId", "taskId", "number") ON DELETE CASCADE ON UPDATE CASCADE;


-- Every pipeline that has a version becomes a row; the newest draft above its current version stays its draft.
INSERT INTO "Pipeline" ("workspaceId", "pipelineId", "activeVersion", "createdAt")
SELECT "workspaceId", "pipelineId", max("version") FILTER (WHERE NOT "draft"), min("createdAt")
FROM "PipelineVersion"
GROUP BY "workspaceId", "pipelineId";

UPDATE "Pipeline" p
SET "draft" = jsonb_pretty(v."document"), "draftRevision" = 1, "draftOf" = p."activeVersion", "draftBy" = v."createdBy", "draftAt" = v."createdAt"
FROM "PipelineVersion" v
WHERE v."workspaceId" = p."workspaceId" AND v."pipelineId" = p."pipelineId" AND v."draft"
  AND v."version" = (
    SELECT max(w."version") FROM "PipelineVersion" w
    WHERE w."workspaceId" = p."workspaceId" AND w."pipelineId" = p."pipelineId" AND w."draft"
  )
  AND v."version" > coalesce(p."activeVersion", 0);

UPDATE "Run" SET "trigger" = 'rerun' WHERE "rerunOf" IS NOT NULL;
UPDATE "Run" SET "admittedAt" = "createdAt" WHERE "status" <> 'queued';

-- What a page that follows a run has not seen yet is what has a larger revision.
CREATE SEQUENCE "run_revision";

CREATE FUNCTION set_run_revision() RETURNS trigger AS $$
BEGIN
  NEW."revision" := nextval('"run_revision"');
  RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER "TaskRun_revision" BEFORE INSERT OR UPDATE ON "TaskRun" FOR EACH ROW EXECUTE FUNCTION set_run_revision();
CREATE TRIGGER "Attempt_revision" BEFORE INSERT OR UPDATE ON "Attempt" FOR EACH ROW EXECUTE FUNCTION set_run_revision();
