-- CreateIndex
CREATE INDEX "Run_status_admittedAt_idx" ON "Run"("status", "admittedAt");
