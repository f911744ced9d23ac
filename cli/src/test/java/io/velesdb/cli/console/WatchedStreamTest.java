package io.velesdb.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchedStreamTest {
    private static WatchedStream printingInto(String complaint) {
        WatchedStream stream = new WatchedStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(complaint);
            }
        });
        try (PrintWriter writer = new PrintWriter(stream, true, StandardCharsets.UTF_8)) {
            writer.println("a result");
        }
        return stream;
    }

    @Test
    void remembersWhatAWriterOnTopSwallows() {
        assertThat(printingInto("No space left on device").failure()).isEqualTo("No space left on device");
    }

    @Test
    void aReaderThatHasGoneIsNoFailure() {
        assertThat(printingInto("Broken pipe").failure()).isNull();
    }

    @Test
    void nothingIsRememberedWhenAllWasWritten() {
        WatchedStream stream = new WatchedStream(OutputStream.nullOutputStream());
        new PrintWriter(stream, true, StandardCharsets.UTF_8).println("a result");
        assertThat(stream.failure()).isNull();
    }
}
