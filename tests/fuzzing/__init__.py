"""Targets of fuzzing, and the two that drive them: hypothesis in the tests, atheris by ``python -m tests.fuzzing``."""
