"""Kinds of rules about answers to requests for government information (依申请公开)."""
