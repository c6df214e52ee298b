"""What Discord accepts as components (Discord docs, component reference)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from tests.discord_server.messages import LINK_STYLE, ComponentKind, walk
from tests.discord_server.refusals import FormErrors, Json, Path

COMPONENTS_MAX = 40  # nested ones counted, component reference, legacy and V2
TEXT_MAX = 4000  # characters in all text displays of a message
ROWS_MAX = 5  # of a message without the V2 flag
ROW_BUTTONS_MAX = 5
CUSTOM_ID_MAX = 100
URL_MAX = 512
LABEL_MAX = 80
OPTIONS_MAX = 25
STYLES = range(1, 7)
PREMIUM_STYLE = 6

K = ComponentKind
_SELECTS = {K.STRING_SELECT, K.USER_SELECT, K.ROLE_SELECT, K.MENTIONABLE_SELECT, K.CHANNEL_SELECT}
_IN_CONTAINER = {K.ACTION_ROW, K.TEXT_DISPLAY, K.SECTION, K.MEDIA_GALLERY, K.SEPARATOR, K.FILE}
_CHILDREN = {
    K.CONTAINER: _IN_CONTAINER,
    K.ACTION_ROW: {K.BUTTON} | _SELECTS,
    K.SECTION: {K.TEXT_DISPLAY},
}


def check_components(components: list[Json], *, v2: bool, errors: FormErrors, path: Path) -> None:
    """Note all that is wrong with a message's components."""
    allowed = _IN_CONTAINER | {K.CONTAINER} if v2 else {K.ACTION_ROW}
    if not v2:
        errors.check_count(path, components, 0, ROWS_MAX)
    _Checker(errors).children(components, allowed, path)
    _check_totals(components, errors, path)


def _check_totals(components: list[Json], errors: FormErrors, path: Path) -> None:
    everything = list(walk(components))
    if len(everything) > COMPONENTS_MAX:
        errors.add(
            path,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The total number of components {len(everything)} exceeds the limit {COMPONENTS_MAX}",
        )
    size = sum(len(str(each["content"])) for each in everything if "content" in each)
    if size > TEXT_MAX:
        errors.add(
            path,
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Total displayable text size {size} exceeds the maximum {TEXT_MAX}",
        )


class _Checker:
    """Walks through components and notes what is wrong with each."""

    def __init__(self, errors: FormErrors) -> None:
        self.errors = errors
        self._custom_ids: set[str] = set()
        self._ids: set[int] = set()
        rules: dict[ComponentKind, Callable[[Json, Path], None]] = {
            K.CONTAINER: self._container,
            K.ACTION_ROW: self._row,
            K.SECTION: self._section,
            K.BUTTON: self._button,
            K.TEXT_DISPLAY: self._text,
            K.THUMBNAIL: self._thumbnail,
            K.MEDIA_GALLERY: self._gallery,
            K.SEPARATOR: self._separator,
            K.FILE: self._file,
        }
        self._rules = rules | dict.fromkeys(_SELECTS, self._select)

    def children(self, components: object, allowed: set[ComponentKind], path: Path) -> None:
        """Check a list of components, of which only some kinds may stand here."""
        if not isinstance(components, list):
            self.errors.add(path, "BASE_TYPE_REQUIRED", "This field is required")
            return
        for index, component in enumerate(components):
            self._one(component, allowed, (*path, index))

    def _one(self, component: object, allowed: set[ComponentKind], path: Path) -> None:
        kind = component.get("type") if isinstance(component, dict) else None
        if not isinstance(component, dict) or kind not in allowed:
            names = tuple(sorted(int(each) for each in allowed))
            message = f'Value of field "type" must be one of {names}.'
            self.errors.add((*path, "type"), "UNION_TYPE_CHOICES", message)
            return
        self._own_id(component, path)
        self._rules[component["type"]](component, path)

    def _own_id(self, component: Json, path: Path) -> None:
        own = component.get("id")
        if not own:
            return
        if own in self._ids:
            self.errors.add(
                (*path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"
            )
        self._ids.add(own)

    def _container(self, component: Json, path: Path) -> None:
        inside = (*path, "components")
        self.errors.check_count(inside, component.get("components"), 1, COMPONENTS_MAX)
        self.children(component.get("components"), _CHILDREN[K.CONTAINER], inside)

    def _row(self, component: Json, path: Path) -> None:
        inside = (*path, "components")
        parts = component.get("components")
        self.errors.check_count(inside, parts, 1, ROW_BUTTONS_MAX)
        self.children(parts, _CHILDREN[K.ACTION_ROW], inside)
        if isinstance(parts, list) and len(parts) > 1 and _has_select(parts):
            self.errors.add(
                inside, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified components exceed 5 width"
            )

    def _section(self, component: Json, path: Path) -> None:
        inside = (*path, "components")
        self.errors.check_count(inside, component.get("components"), 1, 3)
        self.children(component.get("components"), _CHILDREN[K.SECTION], inside)
        accessory = component.get("accessory")
        self._one(accessory, {K.BUTTON, K.THUMBNAIL}, (*path, "accessory"))

    def _text(self, component: Json, path: Path) -> None:
        self.errors.check_length((*path, "content"), component.get("content"), 1, TEXT_MAX)

    def _button(self, component: Json, path: Path) -> None:
        style = component.get("style")
        if style not in STYLES:
            self.errors.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of (1-6).")
        if label := component.get("label"):
            self.errors.check_length((*path, "label"), label, 1, LABEL_MAX)
        elif not component.get("emoji") and style != PREMIUM_STYLE:
            self.errors.add(
                path, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji"
            )
        if style == LINK_STYLE:
            self._link(component, path)
        elif style != PREMIUM_STYLE:
            self._clickable(component, path)

    def _link(self, component: Json, path: Path) -> None:
        url = component.get("url")
        self.errors.check_length((*path, "url"), url, 1, URL_MAX)
        self._check_address(url, (*path, "url"))
        if component.get("custom_id"):
            message = "A custom id and url cannot both be specified"
            self.errors.add(path, "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", message)

    def _check_address(self, url: object, path: Path) -> None:
        parts = urlsplit(url) if isinstance(url, str) else None
        if parts is None or parts.scheme not in {"http", "https", "discord"} or " " in str(url):
            message = f"Scheme {parts and parts.scheme!r} must be one of ('http', 'https')."
            self.errors.add(path, "URL_TYPE_INVALID_SCHEME", message)
        elif parts.scheme != "discord" and not parts.netloc:
            self.errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")

    def _clickable(self, component: Json, path: Path) -> None:
        custom_id = component.get("custom_id")
        self.errors.check_length((*path, "custom_id"), custom_id, 1, CUSTOM_ID_MAX)
        if component.get("url"):
            message = "A url may only be specified for link buttons"
            self.errors.add((*path, "url"), "BUTTON_COMPONENT_URL_NOT_ALLOWED", message)
        if isinstance(custom_id, str):
            self._note_custom_id(custom_id, path)

    def _note_custom_id(self, custom_id: str, path: Path) -> None:
        if custom_id in self._custom_ids:
            self.errors.add(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        self._custom_ids.add(custom_id)

    def _select(self, component: Json, path: Path) -> None:
        self._clickable(component, path)
        if component["type"] == K.STRING_SELECT:
            options = component.get("options")
            self.errors.check_count((*path, "options"), options, 1, OPTIONS_MAX)

    def _thumbnail(self, component: Json, path: Path) -> None:
        self._media(component.get("media"), (*path, "media"))

    def _gallery(self, component: Json, path: Path) -> None:
        items = component.get("items")
        self.errors.check_count((*path, "items"), items, 1, 10)
        for index, item in enumerate(items if isinstance(items, list) else []):
            self._media(item.get("media"), (*path, "items", index, "media"))

    def _media(self, media: object, path: Path) -> None:
        url = media.get("url") if isinstance(media, dict) else None
        if not str(url).startswith("attachment://"):
            self._check_address(url, (*path, "url"))

    def _separator(self, component: Json, path: Path) -> None:
        if component.get("spacing", 1) not in (1, 2):
            self.errors.add((*path, "spacing"), "BASE_TYPE_CHOICES", "Must be one of (1, 2).")

    def _file(self, component: Json, path: Path) -> None:
        url = (component.get("file") or {}).get("url")
        if not str(url).startswith("attachment://"):
            message = "Scheme must be one of ('attachment',)."
            self.errors.add((*path, "file", "url"), "URL_TYPE_INVALID_SCHEME", message)


def _has_select(components: list[Json]) -> bool:
    return any(each.get("type") in _SELECTS for each in components if isinstance(each, dict))
