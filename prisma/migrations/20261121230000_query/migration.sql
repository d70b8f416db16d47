-- AlterTable
ALTER TABLE "SavedQuery" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "SavedQueryVersion" (
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "dialect" TEXT NOT NULL,
    "sql" TEXT NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '[]',
    "chart" JSONB,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedQueryVersion_pkey" PRIMARY KEY ("workspaceId","name","version")
);

-- CreateTable
CREATE TABLE "QueryRun" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "sql" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '[]',
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "placement" JSONB NOT NULL,
    "translated" TEXT,
    "columns" JSONB,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "rowsRead" BIGINT,
    "bytesRead" BIGINT,
    "reads" JSONB NOT NULL DEFAULT '[]',
    "writes" JSONB NOT NULL DEFAULT '[]',
    "resultKept" BOOLEAN NOT NULL DEFAULT false,
    "savedQueryName" TEXT,
    "savedQueryVersion" INTEGER,
    "error" JSONB,
    "createdById" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "QueryRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QueryCatalog" (
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "QueryCatalog_pkey" PRIMARY KEY ("workspaceId","name")
);

-- CreateIndex
CREATE INDEX "QueryRun_workspaceId_createdAt_idx" ON "QueryRun"("workspaceId", "createdAt");

-- CreateIndex
CREATE INDEX "QueryRun_workspaceId_createdById_createdAt_idx" ON "QueryRun"("workspaceId", "createdById", "createdAt");

-- CreateIndex
CREATE INDEX "QueryRun_status_idx" ON "QueryRun"("status");

-- What was saved so far is the first version.
INSERT INTO "SavedQueryVersion" ("workspaceId", "name", "version", "dialect", "sql", "createdBy", "createdAt")
SELECT "workspaceId", "name", 1, "dialect", "sql", 'Benchwright', "updatedAt" FROM "SavedQuery";
