"""The words of the exposure map's nodes and links, from the list's own rows."""

from collections.abc import Mapping, Sequence

from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as write
from stackwatch.domain.words import wording
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.report_day import report_day
from stackwatch.ui.maps.exposure_map_graph import Edge, Graph, LinkStanding, LinkStyle
from stackwatch.ui.maps.exposure_map_paint import BoxWords, RowWords
from stackwatch.ui.maps.heat_map_face import face_of
from stackwatch.ui.preferences.settings import HeatBy
from stackwatch.ui.watchlist.watchlist_cells import Cell, Column, SarCell, kind_word, translate
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel


class MapWords:
    """Writes what nodes say."""

    def __init__(self, model: WatchlistModel, ecosystem: Ecosystem) -> None:
        self._model, self._ecosystem = model, ecosystem

    def entity(self, entity_id: str, graph: Graph) -> BoxWords:
        """Write a private entity: name, kind, stories and links, the average move of its names."""
        node = self._model.nodes_of(entity_id)[0]
        change = self._model.cells(node)[Column.CHANGE]
        assert isinstance(change, Cell)
        name = self._model.name(node)
        facts = [_links(graph.of(entity_id))]
        if node.stories:
            facts.append(_stories(node.stories))
        kind = kind_word(self._ecosystem.kind_of(entity_id))
        accessible_text = ", ".join((name, kind, *facts, change.text))
        return BoxWords(name, kind, tuple(facts), change.text, change.arrow, accessible_text)

    def name(self, symbol: str, graph: Graph) -> RowWords:
        """Write a listed name: figures, or why its link is not drawn."""
        node = self._model.nodes_of(symbol)[0]
        cells = self._model.cells(node)
        change, abnormal, sar = cells[Column.CHANGE], cells[Column.ABNORMAL], cells[Column.SAR]
        assert isinstance(change, Cell)
        assert isinstance(abnormal, Cell)
        assert isinstance(sar, SarCell)
        face = face_of(node, cells, HeatBy.ABNORMAL, self._ecosystem)
        links = _links(graph.of(symbol))
        note = links if symbol in graph.quiet else ""
        name = self._model.name(node)
        assert node.parent is not None
        accessible_text = f"{face.accessible_text}, {self._model.name(node.parent)}, {links}"
        return RowWords(symbol, name, change, abnormal, sar, face, note, accessible_text)

    def nobody(self, graph: Graph) -> str:
        """Say why no private entity stands at the left; its listed names may be linked all the same."""
        if graph.edges:
            return translate("ExposureMap", "No private name of this list has a link")
        return translate("ExposureMap", "No documented link between the names of this list")

    def figures(self, entity_id: str) -> tuple[Cell, SarCell]:
        """Return change and SAR of a node as the list shows them."""
        cells = self._model.cells(self._model.nodes_of(entity_id)[0])
        change, sar = cells[Column.CHANGE], cells[Column.SAR]
        assert isinstance(change, Cell)
        assert isinstance(sar, SarCell)
        return change, sar

    def short(self, entity_id: str) -> str:
        """Name an entity briefly."""
        return wording.short_name(entity_id, self._ecosystem, current_language())

    def full(self, entity_id: str) -> str:
        """Name an entity in full."""
        return self._ecosystem.names_of(entity_id).get(current_language())

    def layer(self, layer_id: str) -> str:
        """Name a layer of the list."""
        return self._model.name(self._model.nodes_of(layer_id)[0])

    def relation(self, edge: Edge) -> str:
        """Name the kind of a link."""
        if edge.link.read_across:
            return translate("ExposureMap", "read-across")
        return wording.relation_word(edge.link.relation.value, current_language())

    def link(self, edge: Edge) -> str:
        """Word a link in one sentence."""
        source, target = (self.full(end) for end in edge.ends)
        said = f"{source} \u203a {target}, {self.relation(edge)}, {report_day(edge.link.dated)}"
        return f"{said}: {write.plain(edge.link.reason(current_language()))}"


def style_words() -> Mapping[LinkStyle, str]:
    """Return the kinds of links as the legend names them."""
    return {
        LinkStyle.CUSTOMER: translate("ExposureMap", "customer"),
        LinkStyle.SUPPLIER: translate("ExposureMap", "supplier"),
        LinkStyle.EQUITY: translate("ExposureMap", "equity"),
        LinkStyle.PARTNER: translate("ExposureMap", "partner"),
        LinkStyle.LENDER: translate("ExposureMap", "lender"),
        LinkStyle.REGULATOR: translate("ExposureMap", "regulator"),
        LinkStyle.COMPETITOR: translate("ExposureMap", "competitor"),
        LinkStyle.READ_ACROSS: translate("ExposureMap", "read-across only"),
    }


def _links(edges: Sequence[Edge]) -> str:
    """Count the links that are used; where there is none, say of which standing the others are."""
    count = sum(edge.standing is LinkStanding.USED for edge in edges)
    if count:
        many = translate("ExposureMap", "{count} links").format(count=count)
        return translate("ExposureMap", "1 link") if count == 1 else many
    standings = {edge.standing for edge in edges}
    if LinkStanding.READ_ACROSS in standings:
        return translate("ExposureMap", "read-across only")
    if LinkStanding.LATER in standings:
        return translate("ExposureMap", "link reported later")
    return translate("ExposureMap", "link ended")


def _stories(count: int) -> str:
    if count == 1:
        return translate("ExposureMap", "1 story")
    return translate("ExposureMap", "{count} stories").format(count=count)
