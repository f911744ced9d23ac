package io.velesdb.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.velesdb.embedded.Options;
import io.velesdb.embedded.VelesDb;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every case on the two surfaces of the JVM: in memory, and on a folder. */
final class ConformanceTest {
    private static final Path CASES = Path.of("cases");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicNode> everyCaseOnEverySurface() throws IOException {
        List<Path> cases;
        try (Stream<Path> files = Files.walk(CASES)) {
            cases = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        assertThat(cases).hasSizeGreaterThan(30);
        return Stream.of(
                surface("in memory", cases, file -> DatabaseSurface.inMemory()), surface("on a folder", cases, file -> {
                    Path home = folder.resolve(CASES.relativize(file).toString().replace('.', '-'));
                    return DatabaseSurface.lasting(() -> VelesDb.open(home, Options.DEFAULTS.withThreads(1)));
                }));
    }

    private static DynamicContainer surface(String name, List<Path> cases, Opening opening) {
        return dynamicContainer(
                name,
                cases.stream()
                        .map(file -> dynamicTest(CASES.relativize(file).toString(), () -> {
                            Obj testCase = read(file);
                            assertThat(testCase.text("about"))
                                    .as("what the case is about")
                                    .isNotBlank();
                            try (Surface surface = opening.open(file)) {
                                CaseRunner.run(testCase, surface);
                            }
                        })));
    }

    private static Obj read(Path file) {
        try {
            return (Obj) Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Opening {
        Surface open(Path file);
    }
}
