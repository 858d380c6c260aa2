"""Documentation made from the code and the rules: ``python -m docs.make`` writes it, ``--check`` compares."""
