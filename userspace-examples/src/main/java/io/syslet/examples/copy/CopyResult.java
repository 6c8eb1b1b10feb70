package io.syslet.examples.copy;

/**
 * What a copy was, and how.
 *
 * @param files regular files, hard links each time.
 * @param directories directories, the first one too.
 * @param others symbolic links, FIFOs and devices.
 * @param bytes bytes of content that were written.
 * @param errors what could not be copied.
 * @param calls system calls made.
 * @param pending those that were answered −ESYSLETPENDING.
 * @param elapsedNanos the copy alone.
 */
public record CopyResult(
    long files,
    long directories,
    long others,
    long bytes,
    long errors,
    long calls,
    long pending,
    long elapsedNanos) {}
