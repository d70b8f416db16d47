-- CreateTable
CREATE TABLE "WorkspaceSecret" (
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "setBy" TEXT NOT NULL,
    "lastUsedAt" TIMESTAMPTZ,

    CONSTRAINT "WorkspaceSecret_pkey" PRIMARY KEY ("workspaceId","name")
);

-- CreateTable
CREATE TABLE "Connection" (
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "dealtUntil" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ,

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("workspaceId","name")
);

-- CreateTable
CREATE TABLE "ConnectionVersion" (
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "draft" BOOLEAN NOT NULL DEFAULT false,
    "document" JSONB NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionVersion_pkey" PRIMARY KEY ("workspaceId","name","version")
);

-- CreateTable
CREATE TABLE "ConnectorSpec" (
    "connector" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "fetchedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectorSpec_pkey" PRIMARY KEY ("connector","version")
);

-- CreateTable
CREATE TABLE "ConnectorOperation" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "phase" TEXT NOT NULL DEFAULT 'waiting',
    "progress" TEXT NOT NULL DEFAULT '',
    "result" JSONB,
    "error" JSONB,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "ConnectorOperation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Sync" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "connection" TEXT NOT NULL,
    "connectionVersion" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "startedBy" TEXT NOT NULL,
    "scheduledFor" TIMESTAMPTZ,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,
    "cancelledBy" TEXT,

    CONSTRAINT "Sync_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncStream" (
    "syncId" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 1,
    "refresh" BOOLEAN NOT NULL DEFAULT false,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "maxAttempts" INTEGER NOT NULL,
    "attemptStartedAt" TIMESTAMPTZ,
    "nextAttemptAt" TIMESTAMPTZ,
    "phase" TEXT NOT NULL DEFAULT 'waiting',
    "rowsBefore" BIGINT NOT NULL DEFAULT 0,
    "bytesBefore" BIGINT NOT NULL DEFAULT 0,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "estimatedRows" BIGINT,
    "cursor" TEXT,
    "error" JSONB,
    "schemaChanges" JSONB NOT NULL DEFAULT '[]',
    "startedAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "SyncStream_pkey" PRIMARY KEY ("syncId","stream")
);

-- CreateTable
CREATE TABLE "SyncCommit" (
    "syncId" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "snapshotId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "rows" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "cursor" TEXT,
    "committedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SyncCommit_pkey" PRIMARY KEY ("syncId","stream","snapshotId")
);

-- CreateTable
CREATE TABLE "SyncLogLine" (
    "syncId" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "SyncLogLine_pkey" PRIMARY KEY ("syncId","stream","seq")
);

-- CreateIndex
CREATE INDEX "ConnectorOperation_workspaceId_createdAt_idx" ON "ConnectorOperation"("workspaceId", "createdAt");

-- CreateIndex
CREATE INDEX "Sync_workspaceId_createdAt_idx" ON "Sync"("workspaceId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Sync_workspaceId_connection_number_key" ON "Sync"("workspaceId", "connection", "number");

-- CreateIndex
CREATE INDEX "SyncStream_stream_endedAt_idx" ON "SyncStream"("stream", "endedAt");

-- AddForeignKey
ALTER TABLE "SyncStream" ADD CONSTRAINT "SyncStream_syncId_fkey" FOREIGN KEY ("syncId") REFERENCES "Sync"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncCommit" ADD CONSTRAINT "SyncCommit_syncId_stream_fkey" FOREIGN KEY ("syncId", "stream") REFERENCES "SyncStream"("syncId", "stream") ON DELETE CASCADE ON UPDATE CASCADE;


