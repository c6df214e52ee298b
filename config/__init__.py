"""Settings, and the tokenizer vocabulary that lets counting work offline."""
