"""The workbench: where staff begin their day, made of what the modules bring."""
