-- CreateTable
CREATE TABLE "DataSetOwner" (
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DataSetOwner_pkey" PRIMARY KEY ("workspaceId","kind","name")
);

-- CreateTable
CREATE TABLE "ContentVersion" (
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ContentVersion_pkey" PRIMARY KEY ("workspaceId","kind","name","version")
);

-- CreateTable
CREATE TABLE "Publication" (
    "id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "version" TEXT,
    "previousVersion" TEXT,
    "branch" TEXT,
    "undoes" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "settledAt" TIMESTAMPTZ,

    CONSTRAINT "Publication_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Publication_seq_key" ON "Publication"("seq");

-- CreateIndex
CREATE INDEX "Publication_workspaceId_kind_name_seq_idx" ON "Publication"("workspaceId", "kind", "name", "seq");

-- CreateIndex
CREATE INDEX "Publication_workspaceId_status_idx" ON "Publication"("workspaceId", "status");
