"""Floor 0: the words every other floor uses: ids, moments, texts, errors."""
