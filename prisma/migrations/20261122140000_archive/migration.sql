-- AlterTable
ALTER TABLE "Pipeline" ADD COLUMN     "archivedAt" TIMESTAMPTZ,
ADD COLUMN     "archivedBy" TEXT;
