export { ExperimentsPage as default } from "@/components/experiments/ExperimentsPage";
