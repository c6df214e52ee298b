"""What everybody reads names no folder of the machine."""

from bot.articles.library import by_name


def test_a_folder_within_another_has_its_own_name() -> None:
    """Else half of its path would stay behind the other's name."""
    names = {"/srv/news": "news", "/srv/news/old": "archive"}
    assert by_name("no folder '/srv/news/old', nor '/srv/news'", names) == (
        "no folder 'archive', nor 'news'"
    )
