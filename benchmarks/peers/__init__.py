"""What people would use instead of Footnote, one small script each.

Every script runs in its library's own virtual environment and gives one function,
`build(job)`, which indexes the job's articles. Only `measure.py`, which needs nothing but
Python, is imported there beside it.
"""
