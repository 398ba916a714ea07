"""Asking a supplier for dates, line by line, and the answers: 交期确认."""
