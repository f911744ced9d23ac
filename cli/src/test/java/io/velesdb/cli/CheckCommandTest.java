package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import io.velesdb.embedded.VelesDb;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void fill() {
        path = folder.resolve("db");
        Cli.ok("collection", "create", path.toString(), "v", "-d", "2");
        Cli.ok("data", "upsert", path.toString(), "v", "--id", "1", "--vector", "[1,2]", "--payload", "{\"a\":1}");
    }

    private void flipTheMiddleOfTheManifest() throws IOException {
        Path manifest = path.resolve("MANIFEST");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);
    }

    @Test
    void saysThatNothingIsDamaged() {
        assertThat(Cli.ok("check", path.toString())).startsWith("Clean: read ");
        Obj report = Cli.object("check", path.toString(), "-f", "json");
        assertThat(report.get("clean")).hasToString("true");
        assertThat(report.get("rows")).hasToString("1");
        assertThat(report.get("findings")).isEqualTo(Arr.of());
    }

    @Test
    void ofABackupItSaysThatNoRowsAreRead() {
        String backup = folder.resolve("backup").toString();
        Cli.ok("backup", path.toString(), backup);
        assertThat(Cli.ok("check", backup)).contains(" of a backup; ").doesNotContain(" 0 rows");
        assertThat(Cli.object("check", backup, "-f", "json").get("backup")).hasToString("true");
    }

    @Test
    void namesTheDamagedFileAndPlaceWithExitStatusOne() throws IOException {
        flipTheMiddleOfTheManifest();
        Cli table = Cli.run("check", path.toString());
        assertThat(table.status()).isEqualTo(1);
        assertThat(table.out() + table.err()).contains("MANIFEST");
        Cli json = Cli.run("check", path.toString(), "-f", "json");
        assertThat(json.status()).isEqualTo(1);
        Obj report = (Obj) Json.parse(json.out());
        assertThat(report.get("clean")).hasToString("false");
        assertThat(Json.write((Arr) report.get("findings"))).contains("MANIFEST");
    }

    @Test
    void refusesToRepairWhatCannotBeMadeAgain() throws IOException {
        flipTheMiddleOfTheManifest();
        Cli repair = Cli.run("repair", path.toString());
        assertThat(repair.status()).isEqualTo(1);
        assertThat(repair.err()).startsWith("[VELES-0");
    }

    @Test
    void repairsAWholeDatabaseWithoutChangingIt() {
        String before = Cli.ok("data", "export", path.toString(), "v", "-o", "-");
        assertThat(Cli.ok("repair", path.toString())).isNotBlank();
        assertThat(Cli.object("repair", path.toString(), "-f", "json").has("rebuilt"))
                .isTrue();
        assertThat(Cli.ok("data", "export", path.toString(), "v", "-o", "-")).isEqualTo(before);
        assertThat(Cli.ok("check", path.toString())).startsWith("Clean");
    }

    @Test
    void leavesADatabaseAloneThatIsOpen() {
        try (Database open = VelesDb.open(path)) {
            assertThat(open.hasCollection("v")).isTrue();
            CollectionCommandTest.fails("VELES-031", "info", path.toString());
            CollectionCommandTest.fails("VELES-031", "check", path.toString());
            CollectionCommandTest.fails("VELES-031", "repair", path.toString());
        }
    }

    @Test
    void makesNoFolder() throws IOException {
        Path none = folder.resolve("none");
        CollectionCommandTest.fails("VELES-011", "check", none.toString());
        CollectionCommandTest.fails("VELES-011", "repair", none.toString());
        assertThat(none).doesNotExist();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("letter.txt"), "dear all");
        CollectionCommandTest.fails("VELES-006", "check", other.toString());
        CollectionCommandTest.fails("VELES-006", "info", other.toString());
    }
}
