"""The quickstart pipelines that the ingest is compared with. Each runs in an environment of its own."""
