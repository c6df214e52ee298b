"""Speed and quality, measured; one program each."""
