"""How a question gets in, what it means, and how its answer gets out."""
