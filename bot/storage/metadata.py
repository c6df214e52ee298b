"""The one collection of tables, which every file with tables adds to."""

import sqlalchemy as sa

METADATA = sa.MetaData()
