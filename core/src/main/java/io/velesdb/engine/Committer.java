package io.velesdb.engine;

import java.util.List;

/** Port: how concurrent writers are brought into one order. */
public interface Committer {
    /** Returns when {@code write} was completed by {@link Engine#commitGroup}, by this thread or another one. */
    void commit(Engine engine, Write write);

    /** Runs {@code task} while no group is being committed. */
    void exclusively(Engine engine, Runnable task);

    /** One write at a time, under the engine's monitor. */
    Committer SERIAL = new Committer() {
        @Override
        public void commit(Engine engine, Write write) {
            synchronized (engine) {
                engine.commitGroup(List.of(write));
            }
        }

        @Override
        public void exclusively(Engine engine, Runnable task) {
            synchronized (engine) {
                task.run();
            }
        }
    };
}
