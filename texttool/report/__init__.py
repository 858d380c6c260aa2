"""Findings -> text, one file each format."""
