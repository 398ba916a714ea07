"""The task: who does what on which record, and when it is due."""
