package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GraphSchemaTest {
    private static final GraphSchema FILMS = GraphSchema.parse(Json.parse("""
            {"schemaless": false,
             "node_types": [
               {"name": "Person", "properties": {"name": "string", "born": "integer"}},
               {"name": "Film", "properties": {"rating": "float", "colour": "boolean", "still": "vector"}},
               {"name": "Restored"}],
             "edge_types": [
               {"name": "DIRECTED", "from_type": "Person", "to_type": "Film", "properties": {"fee": "float"}},
               {"name": "KNOWS", "from_type": "Person", "to_type": "Person", "properties": {}},
               {"name": "KNOWS", "from_type": "Person", "to_type": "Film", "properties": {"since": "integer"}}]}"""));

    private static final Obj PERSON = Obj.of("_labels", List.of("Person"));
    private static final Obj FILM = Obj.of("_labels", List.of("Restored", "Film"));

    @Test
    void readsBackWhatItWrites() {
        assertThat(GraphSchema.parse(FILMS.toJson())).isEqualTo(FILMS);
        assertThat(Json.write(GraphSchema.parse(FILMS.toJson()).toJson())).isEqualTo(Json.write(FILMS.toJson()));
        assertThat(GraphSchema.parse(Json.parse("{}"))).isEqualTo(GraphSchema.SCHEMALESS);
        assertThat(GraphSchema.parse(GraphSchema.SCHEMALESS.toJson())).isEqualTo(GraphSchema.SCHEMALESS);
        assertThat(GraphSchema.parse(Json.parse("{\"node_types\":[{\"name\":\"A\"}]}"))
                        .schemaless())
                .isFalse();
        assertThat(GraphSchema.parse(Json.parse("{\"schemaless\":false}")).schemaless())
                .isFalse();
    }

    @Test
    void nodesHaveDeclaredLabelsAndProperties() {
        for (String good : List.of(
                "null",
                "{}",
                "{\"anything\":1}",
                "{\"_labels\":[]}",
                "{\"_labels\":[\"Person\"],\"name\":\"Noor\",\"born\":1931,\"other\":[]}",
                "{\"_labels\":[\"Person\"],\"name\":null,\"born\":18446744073709551615}",
                "{\"_labels\":[\"Film\"],\"rating\":1,\"colour\":false,\"still\":[1,2.5]}")) {
            assertThatCode(() -> FILMS.checkNode(1, Json.parsePayload(good)))
                    .as(good)
                    .doesNotThrowAnyException();
        }
        for (String bad : List.of(
                "{\"_labels\":\"Person\"}",
                "{\"_labels\":[1]}",
                "{\"_labels\":[\"person\"]}",
                "{\"_labels\":[\"Person\",\"Animal\"]}",
                "{\"_labels\":[\"Person\"],\"name\":1}",
                "{\"_labels\":[\"Person\"],\"born\":1931.0}",
                "{\"_labels\":[\"Restored\",\"Film\"],\"rating\":\"1\"}",
                "{\"_labels\":[\"Film\"],\"colour\":0}",
                "{\"_labels\":[\"Film\"],\"still\":[1,null]}")) {
            refused(() -> FILMS.checkNode(1, Json.parsePayload(bad)), bad);
            assertThatCode(() -> GraphSchema.SCHEMALESS.checkNode(1, Json.parsePayload(bad)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void edgesConnectWhatTheyAreDeclaredToConnect() {
        Edge directed = Edge.of(1, 2, "DIRECTED");
        Edge knows = Edge.of(1, 2, "KNOWS");
        FILMS.checkEdge(directed, PERSON, FILM);
        FILMS.checkEdge(directed.withProperties(Obj.of("fee", 5, "x", "y")), PERSON, FILM);
        FILMS.checkEdge(knows, PERSON, PERSON);
        FILMS.checkEdge(knows.withProperties(Obj.of("since", "anything")), PERSON, PERSON);
        FILMS.checkEdge(knows.withProperties(Obj.of("since", 1999)), PERSON, FILM);
        refused(directed, FILM, PERSON);
        refused(directed, PERSON, null);
        refused(directed, Obj.EMPTY, FILM);
        refused(directed.withProperties(Obj.of("fee", "5")), PERSON, FILM);
        refused(knows.withProperties(Obj.of("since", 1.5)), PERSON, FILM);
        refused(Edge.of(1, 2, "Directed"), PERSON, FILM);
        GraphSchema.SCHEMALESS.checkEdge(directed, null, null);
    }

    @Test
    void badSchemasAreRefused() {
        for (String bad : List.of(
                "[]",
                "{\"nodes\":[]}",
                "{\"schemaless\":1}",
                "{\"node_types\":{}}",
                "{\"node_types\":[\"A\"]}",
                "{\"node_types\":[{}]}",
                "{\"node_types\":[{\"name\":\" \"}]}",
                "{\"node_types\":[{\"name\":\"A\",\"properties\":[]}]}",
                "{\"node_types\":[{\"name\":\"A\",\"properties\":{\"p\":\"text\"}}]}",
                "{\"node_types\":[{\"name\":\"A\",\"properties\":{\"p\":1}}]}",
                "{\"node_types\":[{\"name\":\"A\"},{\"name\":\"A\"}]}",
                "{\"edge_types\":[{\"name\":\"E\",\"from_type\":\"A\",\"to_type\":\"A\"}]}",
                "{\"node_types\":[{\"name\":\"A\"}],\"edge_types\":[{\"name\":\"E\",\"from_type\":\"A\"}]}",
                "{\"node_types\":[{\"name\":\"A\"}],\"edge_types\":["
                        + "{\"name\":\"E\",\"from_type\":\"A\",\"to_type\":\"A\"},"
                        + "{\"name\":\"E\",\"from_type\":\"A\",\"to_type\":\"A\"}]}")) {
            refused(() -> GraphSchema.parse(Json.parse(bad)), bad);
        }
    }

    private static void refused(Edge edge, @Nullable Obj source, @Nullable Obj target) {
        refused(() -> FILMS.checkEdge(edge, source, target), edge.toString());
    }

    private static void refused(Runnable call, String why) {
        assertThatThrownBy(call::run)
                .as(why)
                .isInstanceOfSatisfying(
                        VelesException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_VALIDATION));
    }
}
