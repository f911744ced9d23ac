package io.velesdb.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Database;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.teavm.model.BasicBlockReader;
import org.teavm.model.ClassReader;
import org.teavm.model.ClassReaderSource;
import org.teavm.model.FieldReference;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHandle;
import org.teavm.model.MethodReader;
import org.teavm.model.MethodReference;
import org.teavm.model.ReferenceCache;
import org.teavm.model.RuntimeConstant;
import org.teavm.model.TextLocation;
import org.teavm.model.ValueType;
import org.teavm.model.VariableReader;
import org.teavm.model.instructions.AbstractInstructionReader;
import org.teavm.model.instructions.InvocationType;
import org.teavm.model.instructions.NumericOperandType;
import org.teavm.parsing.ClasspathClassHolderSource;

/**
 * Every class of core against TeaVM's own view of the JDK, whether the facade of today reaches it or not: what is not in
 * the browser's class library, and what compiles and then behaves differently.
 */
final class PortabilityTest {
    private final ClassReaderSource classes = new ClasspathClassHolderSource(new ReferenceCache());
    private final Set<String> findings = new TreeSet<>();

    @Test
    void coreUsesOnlyWhatTheBrowserHas() throws IOException, URISyntaxException {
        List<String> names = classesOfCore();
        assertThat(names).contains("io.velesdb.Database", "io.velesdb.engine.Engine");
        for (String name : names) {
            ClassReader type = classes.get(name);
            for (MethodReader method : type.getMethods()) {
                if (method.getProgram() != null) {
                    Instructions instructions = new Instructions(method.getReference());
                    for (BasicBlockReader block : method.getProgram().getBasicBlocks()) {
                        block.readAllInstructions(instructions);
                    }
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    private static List<String> classesOfCore() throws IOException, URISyntaxException {
        URI place = Database.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        if (Files.isDirectory(Path.of(place))) {
            return classesIn(Path.of(place));
        }
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(place), Map.of())) {
            return classesIn(jar.getPath("/"));
        }
    }

    private static List<String> classesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace(root.getFileSystem().getSeparator(), "."))
                    .toList();
        }
    }

    private final class Instructions extends AbstractInstructionReader {
        private final MethodReference method;
        private @Nullable TextLocation location;

        Instructions(MethodReference method) {
            this.method = method;
        }

        @Override
        public void location(TextLocation location) {
            this.location = location;
        }

        private void found(String what) {
            findings.add(what + " in " + method.getClassName() + "." + method.getName()
                    + (location == null ? "" : " " + location));
        }

        @Override
        public void invoke(
                VariableReader receiver,
                VariableReader instance,
                MethodReference called,
                List<? extends VariableReader> arguments,
                InvocationType type) {
            called(called);
        }

        @Override
        public void invokeDynamic(
                VariableReader receiver,
                VariableReader instance,
                MethodDescriptor called,
                List<? extends VariableReader> arguments,
                MethodHandle bootstrap,
                List<RuntimeConstant> constants) {
            for (RuntimeConstant constant : constants) {
                if (constant.getKind() == RuntimeConstant.METHOD_HANDLE) {
                    handle(constant.getMethodHandle());
                }
            }
        }

        private void handle(MethodHandle handle) {
            switch (handle.getKind()) {
                case GET_FIELD, GET_STATIC_FIELD, PUT_FIELD, PUT_STATIC_FIELD -> {}
                default ->
                    called(new MethodReference(
                            handle.getClassName(), new MethodDescriptor(handle.getName(), handle.signature())));
            }
        }

        private void called(MethodReference called) {
            String owner = called.getClassName();
            if (owner.startsWith("[") || owner.startsWith("io.velesdb.")) {
                return;
            }
            if (classes.get(owner) == null) {
                found("the browser has no class " + owner + ", used");
            } else if (classes.resolve(called) == null
                    && classes.resolve(new MethodReference("java.lang.Object", called.getDescriptor())) == null) {
                found("the browser has no method " + called + ", called");
            }
        }

        @Override
        public void getField(VariableReader receiver, VariableReader instance, FieldReference field, ValueType type) {
            if (!field.getClassName().startsWith("io.velesdb.") && classes.resolve(field) == null) {
                found("the browser has no field " + field + ", read");
            }
        }

        @Override
        public void negate(VariableReader receiver, VariableReader operand, NumericOperandType type) {
            if (type == NumericOperandType.FLOAT || type == NumericOperandType.DOUBLE) {
                found(
                        "-x of a floating x is 0 - x in the browser, which loses the sign of zero: write 0 - x or -1 * x;");
            }
        }

        @Override
        public void cloneArray(VariableReader receiver, VariableReader array) {
            // An enum's values() clones an array of objects, which works; only arrays of numbers trap.
            if (!method.getName().equals("values")) {
                found("clone() of an array of numbers traps in the browser: use Arrays.copyOf;");
            }
        }
    }
}
