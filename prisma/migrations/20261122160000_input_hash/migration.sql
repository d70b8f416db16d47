-- Never read: what a task read is in its inputs.
ALTER TABLE "TaskRun" DROP COLUMN "inputHash";
