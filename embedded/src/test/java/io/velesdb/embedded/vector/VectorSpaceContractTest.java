package io.velesdb.embedded.vector;

import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.embedded.file.LocalFileSystem;
import io.velesdb.embedded.file.SimulatedFileSystem;
import io.velesdb.journal.CheckpointReader;
import io.velesdb.vector.HeapVectorSpace;
import io.velesdb.vector.Metric;
import io.velesdb.vector.VectorSpace;
import io.velesdb.vector.quantize.QuantizedVectorSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every space of vectors, held to the same contract. */
class VectorSpaceContractTest {
    @Nested
    class InArrays extends VectorSpaceContract {
        @Override
        VectorSpace create(int dimension, Metric metric) {
            return new HeapVectorSpace(dimension, metric);
        }

        @Override
        VectorSpace open(VectorSpace saved, int size, CheckpointReader in, String prefix) {
            return HeapVectorSpace.open(saved.dimension(), saved.metric(), size, in, prefix);
        }
    }

    @Nested
    class InAMappedFile extends VectorSpaceContract {
        @TempDir
        Path folder;

        private final List<MappedVectorSpace> open = new ArrayList<>();

        @Override
        VectorSpace create(int dimension, Metric metric) throws IOException {
            return remember(MappedVectorSpace.create(
                    new LocalFileSystem().open(folder.resolve(open.size() + ".f32")), "v", dimension, metric));
        }

        @Override
        VectorSpace open(VectorSpace saved, int size, CheckpointReader in, String prefix) throws IOException {
            Path file = folder.resolve(open.indexOf(saved) + ".f32");
            return remember(MappedVectorSpace.open(
                    new LocalFileSystem().open(file), "v", saved.dimension(), saved.metric(), size, in, prefix));
        }

        private MappedVectorSpace remember(MappedVectorSpace space) {
            open.add(space);
            return space;
        }

        @AfterEach
        void close() {
            open.forEach(MappedVectorSpace::close);
        }
    }

    @Nested
    class OnSimulatedFiles extends VectorSpaceContract {
        private final SimulatedFileSystem files = new SimulatedFileSystem();
        private final List<MappedVectorSpace> open = new ArrayList<>();

        @Override
        VectorSpace create(int dimension, Metric metric) throws IOException {
            open.add(MappedVectorSpace.create(files.open(Path.of("/" + open.size())), "v", dimension, metric));
            return open.getLast();
        }

        @Override
        VectorSpace open(VectorSpace saved, int size, CheckpointReader in, String prefix) throws IOException {
            open.add(MappedVectorSpace.open(
                    files.open(Path.of("/" + open.indexOf(saved))),
                    "v",
                    saved.dimension(),
                    saved.metric(),
                    size,
                    in,
                    prefix));
            return open.getLast();
        }
    }

    @Nested
    class SearchedOnBytes extends Quantized {
        SearchedOnBytes() {
            super(StorageMode.SQ8);
        }
    }

    @Nested
    class SearchedOnSigns extends Quantized {
        SearchedOnSigns() {
            super(StorageMode.BINARY);
        }
    }

    abstract static class Quantized extends VectorSpaceContract {
        private final StorageMode mode;
        private final SimulatedFileSystem files = new SimulatedFileSystem();
        private final List<VectorSpace> open = new ArrayList<>();

        Quantized(StorageMode mode) {
            this.mode = mode;
        }

        @Override
        VectorSpace create(int dimension, Metric metric) throws IOException {
            open.add(QuantizedVectorSpace.over(
                    MappedVectorSpace.create(files.open(Path.of("/" + open.size())), "v", dimension, metric),
                    mode,
                    Quantization.DEFAULT,
                    NativeCodes.HOST));
            return open.getLast();
        }

        @Override
        VectorSpace open(VectorSpace saved, int size, CheckpointReader in, String prefix) throws IOException {
            MappedVectorSpace exact = MappedVectorSpace.open(
                    files.open(Path.of("/" + open.indexOf(saved))),
                    "v",
                    saved.dimension(),
                    saved.metric(),
                    size,
                    in,
                    prefix);
            open.add(QuantizedVectorSpace.open(exact, mode, Quantization.DEFAULT, NativeCodes.HOST, in, prefix));
            return open.getLast();
        }
    }
}
