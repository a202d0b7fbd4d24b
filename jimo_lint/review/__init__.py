"""智能检查 + 人工审核 + 整改 + 销号: what became of findings since the last run, and what reviewers decided of them."""
