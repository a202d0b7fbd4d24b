"""Kinds of rules about requests for government information (依申请公开)."""
