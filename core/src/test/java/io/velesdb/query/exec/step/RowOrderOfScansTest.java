package io.velesdb.query.exec.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.QueryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowOrderOfScansTest {
    /** Ids 1 to 400 in order, then rows are written again, deleted and added below and above. */
    @Test
    void rowsComeByAscendingIdHoweverTheyWereWritten() {
        Database database = Database.inMemory();
        database.query("CREATE METADATA COLLECTION c");
        TreeSet<Long> ids = new TreeSet<>(Long::compareUnsigned);
        for (long id = 1; id <= 400; id++) {
            write(database, id);
            ids.add(id);
        }
        compare(database, ids);
        Random random = new Random(11);
        for (int change = 0; change < 40; change++) {
            long id = 1 + random.nextInt(500);
            switch (random.nextInt(3)) {
                case 0 -> {
                    database.query("DELETE FROM c WHERE id = " + id);
                    ids.remove(id);
                }
                case 1 -> {
                    write(database, id);
                    ids.add(id);
                }
                default -> {
                    long large = -1 - id;
                    write(database, large);
                    ids.add(large);
                }
            }
            compare(database, ids);
        }
    }

    private static void write(Database database, long id) {
        database.query("UPSERT INTO c (id, even) VALUES (" + Long.toUnsignedString(id) + ", " + (id % 2 == 0) + ")");
    }

    private static void compare(Database database, TreeSet<Long> ids) {
        assertThat(found(database, "SELECT id FROM c LIMIT 1000")).containsExactlyElementsOf(ids);
        assertThat(found(database, "SELECT id FROM c WHERE even = true LIMIT 1000"))
                .containsExactlyElementsOf(
                        ids.stream().filter(id -> id % 2 == 0).toList());
        assertThat(found(database, "SELECT id FROM c WHERE even = true LIMIT 3"))
                .containsExactlyElementsOf(
                        ids.stream().filter(id -> id % 2 == 0).limit(3).toList());
    }

    private static List<Long> found(Database database, String query) {
        List<Long> found = new ArrayList<>();
        for (QueryRow row : database.query(query).rows()) {
            found.add(row.id());
        }
        return found;
    }
}
