package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/**
 * After each test, {@code check} must find nothing in the databases that it leaves in its {@link TempDir} fields. A test
 * damages a database in a folder below, never in the field's own.
 */
public final class CheckOnClose implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) throws IllegalAccessException {
        if (context.getExecutionException().isPresent()) {
            return;
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : instance.getClass().getDeclaredFields()) {
                if (field.isAnnotationPresent(TempDir.class)) {
                    field.setAccessible(true);
                    check((Path) field.get(instance));
                }
            }
        }
    }

    private static void check(Path folder) {
        if (Files.exists(folder.resolve("MANIFEST"))) {
            assertThat(VelesDb.check(folder).findings())
                    .as("what check finds after the test")
                    .isEmpty();
        }
    }
}
