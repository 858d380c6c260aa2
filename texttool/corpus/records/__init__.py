"""Records: texts that are fields of something else."""
