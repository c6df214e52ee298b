"""Charts that were drawn lately, so that looking again costs nothing."""

from bot.logbook.chart_look import Scheme
from bot.logbook.chart_words import ChartName
from bot.logbook.log_statistics import Statistics

_KEPT = 64  # images of some 30 KB: every chart of every span, light and dark, twice over


class ChartStore:
    """Draws charts, and keeps the newest."""

    def __init__(self) -> None:
        self._images: dict[str, bytes] = {}

    def prepare(self) -> None:
        """Load what draws charts: about a second, and more the first time on a machine."""
        import bot.logbook.log_charts  # noqa: F401, PLC0415  # a start need not wait for it

    def svg(self, name: ChartName, statistics: Statistics, scheme: Scheme) -> bytes:
        """Return a chart as an SVG."""
        from bot.logbook.log_charts import draw  # noqa: PLC0415  # as above

        key = repr((name, scheme, statistics))  # all that an image depends on
        image = self._images.pop(key, None) or draw(name, statistics, scheme, "svg")
        self._images[key] = image
        while len(self._images) > _KEPT:
            self._images.pop(next(iter(self._images)), None)
        return image
