export { ResultPage as default } from "@/components/experiments/ResultPage";
