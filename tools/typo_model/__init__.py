"""Parts of the builder of the typo model; see `tools/build_typo_model.py`."""
