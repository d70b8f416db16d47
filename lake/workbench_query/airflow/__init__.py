"""Reads pipelines written for Airflow as text: nothing of them is imported or run."""
