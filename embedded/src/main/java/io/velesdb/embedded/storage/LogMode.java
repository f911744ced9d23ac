package io.velesdb.embedded.storage;

/** When a write counts as done. */
public enum LogMode {
    /** When it is on the disk: it survives a loss of power. */
    FSYNC,
    /** When the operating system has it: it survives the end of the process, not of the machine. */
    OS,
    /** When it is in the memory of this process. It gets to the disk now and then, at a flush and at a close. */
    NONE
}
