package io.velesdb.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Point;
import io.velesdb.query.generate.QuerySchema;
import io.velesdb.query.generate.QuerySchema.Collection;
import io.velesdb.query.parse.QueryParser;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The same rows in SQLite, which is asked wherever {@link PlainSql} has SQL for a statement. A column has no declared type, so
 * that nothing is converted; a missing field is NULL, and what SQL has no values for is a blob: null {@code 00}, false {@code 01},
 * true {@code 02}, an array {@code 03} and an object {@code 04} before its JSON.
 */
final class SqliteOracle implements AutoCloseable {
    private final QuerySchema schema;
    private final PlainSql translator;
    private final Connection connection;
    private int asked;

    SqliteOracle(QuerySchema schema) {
        this.schema = schema;
        translator = new PlainSql(schema);
        try {
            connection = DriverManager.getConnection("jdbc:sqlite::memory:");
            run("PRAGMA case_sensitive_like = ON");
            for (Collection collection : schema.collections()) {
                List<String> columns = PlainSql.columns(collection).stream()
                        .map(PlainSql::quoted)
                        .toList();
                run("CREATE TABLE " + PlainSql.quoted(collection.name()) + " (" + String.join(", ", columns) + ")");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many statements SQLite answered. */
    int asked() {
        return asked;
    }

    /** Why the others were not asked, with their numbers. */
    Map<String, Integer> refused() {
        return new TreeMap<>(translator.refused());
    }

    private void run(String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Replaces all rows. */
    void load(Map<String, ? extends Iterable<Point>> rows) {
        try {
            connection.setAutoCommit(false);
            for (Collection collection : schema.collections()) {
                List<String> columns = PlainSql.columns(collection);
                String table = PlainSql.quoted(collection.name());
                run("DELETE FROM " + table);
                String places =
                        String.join(", ", columns.stream().map(column -> "?").toList());
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
                    for (Point point : rows.get(collection.name())) {
                        for (int i = 0; i < columns.size(); i++) {
                            insert.setObject(i + 1, encoded(member(point, columns.get(i))));
                        }
                        insert.executeUpdate();
                    }
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Value member(Point point, String path) {
        if (path.equals("id")) {
            return Value.of(point.id());
        }
        Value value = point.payload() == null ? Obj.EMPTY : point.payload();
        for (String name : path.split("\\.")) {
            value = value instanceof Obj object ? object.get(name) : null;
        }
        return value;
    }

    private static @Nullable Object encoded(@Nullable Value value) {
        return switch (value) {
            case null -> null;
            case Value.Null none -> new byte[] {0};
            case Value.Bool bool -> new byte[] {(byte) (bool.value() ? 2 : 1)};
            case Value.Int whole -> whole.value();
            case Value.Num number -> number.doubleValue();
            case Value.Str text -> text.text();
            case Arr array -> structure(3, array);
            case Obj object -> structure(4, object);
        };
    }

    private static byte[] structure(int type, Value value) {
        byte[] json = Json.write(value).getBytes(StandardCharsets.UTF_8);
        byte[] blob = new byte[json.length + 1];
        blob[0] = (byte) type;
        System.arraycopy(json, 0, blob, 1, json.length);
        return blob;
    }

    private static @Nullable Value decoded(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> Value.of(number);
            case String text -> Value.of(text);
            case byte[] blob ->
                switch (blob[0]) {
                    case 0 -> Value.NULL;
                    case 1 -> Value.FALSE;
                    case 2 -> Value.TRUE;
                    default -> Json.parse(new String(blob, 1, blob.length - 1, StandardCharsets.UTF_8));
                };
            default -> throw new IllegalStateException("SQLite gave " + value.getClass());
        };
    }

    /** Compares the rows that a statement gave with what SQLite gives, where there is SQL for it. */
    void check(String query, List<Obj> found, String where) {
        PlainSql.Translated translated = translator.translate(QueryParser.parse(query));
        if (translated == null) {
            return;
        }
        asked++;
        List<Obj> expected = answer(translated, where + ": " + query);
        if (translated.inOrder()) {
            if (!translated.approximate()) {
                assertThat(found)
                        .as("SQLite, %s: %s%n%s", where, query, translated.sql())
                        .isEqualTo(expected);
                return;
            }
            assertThat(found)
                    .as("SQLite, %s: %s%n%s", where, query, translated.sql())
                    .hasSameSizeAs(expected);
            for (int i = 0; i < found.size(); i++) {
                checkNearly(found.get(i), expected.get(i), where + ": " + query);
            }
            return;
        }
        List<Obj> rest = new ArrayList<>(expected);
        for (Obj row : found) {
            assertThat(rest.remove(row))
                    .as("SQLite, %s: %s%nhas no %s in %s", where, query, row, expected)
                    .isTrue();
        }
        assertThat((long) found.size())
                .as("SQLite, %s: %s%n%s", where, query, expected)
                .isEqualTo(Math.min(expected.size(), translated.atMost()));
    }

    /** Sums differ in their last bits: SQLite carries an error term along. */
    private static void checkNearly(Obj found, Obj expected, String what) {
        assertThat(found.size()).as(what).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            Value value = found.get(expected.name(i));
            if (expected.value(i) instanceof Value.Dbl wanted && value instanceof Value.Num number) {
                double tolerance = Math.abs(wanted.value()) * 1e-12;
                assertThat(Math.abs(number.doubleValue() - wanted.value()))
                        .as("SQLite, %s", what)
                        .isLessThanOrEqualTo(tolerance);
            } else {
                assertThat(value).as("SQLite, %s", what).isEqualTo(expected.value(i));
            }
        }
    }

    private List<Obj> answer(PlainSql.Translated translated, String where) {
        List<Obj> rows = new ArrayList<>();
        try (java.sql.Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(translated.sql())) {
            while (result.next()) {
                Obj.Builder row = Obj.builder();
                for (int i = 0; i < translated.keys().size(); i++) {
                    Value value = decoded(result.getObject(i + 1));
                    if (value != null || !translated.missingLeftOut()) {
                        row.put(translated.keys().get(i), value == null ? Value.NULL : value);
                    }
                }
                rows.add(row.build());
            }
        } catch (SQLException e) {
            throw new AssertionError(where + ": " + translated.sql(), e);
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
