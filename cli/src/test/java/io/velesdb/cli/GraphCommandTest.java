package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCommandTest {
    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void fourPeopleWhoKnowEachOther() {
        path = folder.resolve("db").toString();
        Cli.ok("collection", "create-graph", path, "people");
        for (String name : List.of("Ada", "Ben", "Cleo", "Dan")) {
            int id = 1 + List.of("Ada", "Ben", "Cleo", "Dan").indexOf(name);
            Cli.ok("graph", "store-payload", path, "people", "" + id, "{\"name\":\"" + name + "\"}");
        }
        Cli.ok("graph", "add-edge", path, "people", "10", "1", "2", "KNOWS", "--properties", "{\"years\":5}");
        Cli.ok("graph", "add-edge", path, "people", "11", "2", "3", "KNOWS", "--properties", "{\"years\":1}");
        Cli.ok("graph", "add-edge", path, "people", "12", "1", "3", "WORKS_WITH", "--properties", "{\"years\":9}");
    }

    @Test
    void listsAndRemovesEdges() {
        assertThat(Cli.array("graph", "get-edges", path, "people", "-f", "json").get(0))
                .isEqualTo(
                        Obj.of("id", 10, "source", 1, "target", 2, "label", "KNOWS", "properties", Obj.of("years", 5)));
        assertThat(Cli.ok("graph", "edges", path, "people", "--label", "WORKS_WITH"))
                .contains("WORKS_WITH")
                .doesNotContain("KNOWS")
                .contains("years");
        assertThat(Cli.object("graph", "remove-edge", path, "people", "12", "-f", "json"))
                .isEqualTo(Obj.of("removed", 12));
        assertThat(Cli.object("graph", "count", path, "people", "-f", "json"))
                .isEqualTo(Obj.of("nodes", 4, "edges", 2));
        CollectionCommandTest.fails("VELES-020", "graph", "remove-edge", path, "people", "12");
    }

    @Test
    void relatingTwiceIsOneEdge() {
        Obj first = Cli.object("graph", "relate", path, "people", "4", "1", "LIKES", "-f", "json");
        Cli.ok("graph", "relate", path, "people", "4", "1", "LIKES", "--properties", "{\"much\":true}");
        Arr likes = Cli.array("graph", "get-edges", path, "people", "--label", "LIKES", "-f", "json");
        assertThat(likes).hasSize(1);
        assertThat(((Obj) likes.get(0)).get("id")).isEqualTo(first.get("id"));
        assertThat(((Obj) likes.get(0)).get("properties")).isEqualTo(Obj.of("much", true));
    }

    @Test
    void showsNeighboursAndDegrees() {
        assertThat(Cli.object("graph", "degree", path, "people", "3", "-f", "json"))
                .isEqualTo(Obj.of("in", 2, "out", 0));
        assertThat(Cli.ok("graph", "neighbors", path, "people", "1"))
                .contains("Ben")
                .contains("Cleo");
        assertThat(Cli.ok("graph", "neighbours", path, "people", "1", "--label", " KNOWS "))
                .contains("Ben")
                .doesNotContain("Cleo");
        Arr both = Cli.array("graph", "neighbors", path, "people", "2", "--direction", "both", "-f", "json");
        assertThat(ids(both)).containsExactly(3L, 1L);
        assertThat(((Obj) both.get(1)).text("direction")).isEqualTo("in");
        assertThat(Cli.ok("graph", "neighbors", path, "people", "4")).contains("no neighbours");
    }

    @Test
    void walksInBothOrdersPageByPage() {
        Obj all = Cli.object("graph", "traverse", path, "people", "1", "-f", "json");
        assertThat(ids((Arr) all.get("nodes"))).containsExactly(2L, 3L);
        assertThat(all.get("next")).isEqualTo(Value.NULL);
        Obj step = Cli.object("graph", "traverse", path, "people", "1", "--limit", "1", "-f", "json");
        assertThat(ids((Arr) step.get("nodes"))).containsExactly(2L);
        Obj rest = Cli.object(
                "graph", "traverse", path, "people", "1", "--limit", "1", "--cursor", step.text("next"), "-f", "json");
        assertThat(ids((Arr) rest.get("nodes"))).containsExactly(3L);
        Obj deep = Cli.object(
                "graph", "traverse", path, "people", "1", "--algorithm", "dfs", "--rel-types", "KNOWS", "-f", "json");
        assertThat(((Obj) ((Arr) deep.get("nodes")).get(1)).get("path")).isEqualTo(Arr.of(10, 11));
        Cli table = Cli.run("graph", "traverse", path, "people", "1");
        assertThat(table.out()).contains("depth").contains("Cleo");
        assertThat(table.err()).contains("2 found in");
        CollectionCommandTest.fails("VELES-010", "graph", "traverse", path, "people", "1", "--algorithm", "random");
        CollectionCommandTest.fails("VELES-022", "graph", "traverse", path, "people", "99");
    }

    @Test
    void findsTheShortestWay() {
        Obj direct = Cli.object("graph", "path", path, "people", "1", "3", "-f", "json");
        assertThat(direct).isEqualTo(Obj.of("nodes", Arr.of(1, 3), "edges", Arr.of(12), "weight", 1.0));
        Obj light = Cli.object("graph", "path", path, "people", "1", "3", "--weight", "years", "-f", "json");
        assertThat(light.get("nodes")).isEqualTo(Arr.of(1, 2, 3));
        assertThat(Cli.run("graph", "path", path, "people", "1", "3").out())
                .contains("WORKS_WITH")
                .contains("Cleo");
        Cli none = Cli.run("graph", "path", path, "people", "1", "4");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.out()).contains("no way from 1 to 4");
    }

    @Test
    void looksAtTheWholeGraph() {
        Obj parts = Cli.object("graph", "components", path, "people", "-f", "json");
        assertThat(parts)
                .isEqualTo(Obj.of(
                        "count",
                        2,
                        "components",
                        Arr.of(
                                Obj.of("component", 1, "size", 3, "nodes", Arr.of(1, 2, 3)),
                                Obj.of("component", 4, "size", 1, "nodes", Arr.of(4)))));
        Arr ranks = Cli.array("graph", "pagerank", path, "people", "-k", "2", "-f", "json");
        assertThat(ranks).hasSize(2);
        assertThat(((Obj) ranks.get(0)).get("id")).hasToString("3");
        assertThat(Cli.ok("graph", "pagerank", path, "people")).contains("Cleo");
        Obj nodes = Cli.object("graph", "nodes", path, "people", "-b", "2", "-f", "json");
        assertThat(nodes.get("next")).hasToString("2");
        assertThat(((Obj) ((Arr) nodes.get("nodes")).get(0)).get("out")).hasToString("2");
        assertThat(Cli.ok("graph", "get-payload", path, "people", "2").strip()).isEqualTo("{\"name\":\"Ben\"}");
        assertThat(Cli.ok("graph", "get-payload", path, "people", "77").strip()).isEqualTo("null");
    }

    @Test
    void showsTheEnginesErrors() {
        CollectionCommandTest.fails("VELES-019", "graph", "add-edge", path, "people", "10", "1", "2", "KNOWS");
        CollectionCommandTest.fails("VELES-021", "graph", "add-edge", path, "people", "13", "1", "2", "  ");
        CollectionCommandTest.fails("VELES-022", "graph", "add-edge", path, "people", "13", "1", "99", "KNOWS");
        CollectionCommandTest.fails("VELES-023", "graph", "add-edge", path, "people", "ten", "1", "2", "KNOWS");
        CollectionCommandTest.fails(
                "VELES-017", "graph", "add-edge", path, "people", "13", "1", "2", "KNOWS", "--properties", "[1]");
        Cli.ok("collection", "create-metadata", path, "plain");
        CollectionCommandTest.fails("VELES-018", "graph", "store-payload", path, "plain", "1", "{}");
        CollectionCommandTest.fails("VELES-015", "graph", "search", path, "people", "--vector", "[1]");
    }

    @Test
    void createsGraphsWithTypesAndVectors() throws IOException {
        Path schema = folder.resolve("schema.json");
        Files.writeString(schema, """
            {"schemaless":false,"node_types":[{"name":"City","properties":{"people":"integer"}}],"edge_types":[]}
            """);
        Obj created = Cli.object(
                "collection",
                "create",
                path,
                "cities",
                "--kind",
                "graph",
                "-d",
                "2",
                "-m",
                "euclidean",
                "--schema",
                "@" + schema,
                "-f",
                "json");
        assertThat(created.text("kind")).isEqualTo("graph");
        assertThat(created.text("metric")).isEqualTo("euclidean");
        Cli.ok(
                "data",
                "upsert",
                path,
                "cities",
                "--id",
                "1",
                "--vector",
                "[0,1]",
                "--payload",
                "{\"_labels\":[\"City\"]}");
        CollectionCommandTest.fails(
                "VELES-017", "data", "upsert", path, "cities", "--id", "2", "--payload", "{\"_labels\":[\"Lake\"]}");
        Arr found = Cli.array("graph", "search", path, "cities", "--vector", "[0,0]", "-f", "json");
        assertThat(ids(found)).containsExactly(1L);
        CollectionCommandTest.fails(
                "VELES-011", "collection", "create-graph", path, "more", "--schema", "@" + folder.resolve("none"));
        CollectionCommandTest.fails("VELES-012", "collection", "create-graph", path, "more", "--schema", "{");
        assertThat(Cli.run("collection", "create", path, "x", "--kind", "tree").status())
                .isEqualTo(2);
        assertThat(Cli.run("collection", "create", path, "x", "--kind", "metadata", "-d", "3")
                        .status())
                .isEqualTo(2);
    }

    private static List<Long> ids(Arr rows) {
        return rows.elements().stream()
                .map(row -> ((Value.Int) ((Obj) row).get("id")).value())
                .toList();
    }
}
