"""Words and characters: how texts are cut and compared, lists of words, what is easily confused."""
