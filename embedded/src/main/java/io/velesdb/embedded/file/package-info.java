/**
 * The few file operations that the storage engine stands on, behind one port.
 *
 * <p>{@link io.velesdb.embedded.file.FileSystem} and {@link io.velesdb.embedded.file.DataFile} are the port;
 * {@link io.velesdb.embedded.file.LocalFileSystem} is the real one. The tests have another, in memory, that loses
 * unsynced writes, tears them and fails at any call. What the bytes mean is none of this package's business: formats,
 * checksums and recovery live in {@code io.velesdb.embedded.storage}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Interrupting a thread never closes a file and never changes what a call does; the interrupt is still pending
 *       when the call returns. (A bare {@code FileChannel} closes itself, for everybody.)
 *   <li>{@code sync} returns only when the bytes are durable, and throws when that is not certain.
 *   <li>A lock is exclusive among the processes of the machine and among the class loaders of one process.
 * </ul>
 *
 * <p>Costs: one system call per read or write, two threads never wait for each other in a read.
 */
@NullMarked
package io.velesdb.embedded.file;

import org.jspecify.annotations.NullMarked;
