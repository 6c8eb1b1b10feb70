package io.syslet.server.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Puts a file on the disk, whoever wrote it, also through a mapping: fdatasync(2). It keeps the
 * file open from one time to the next. One thread.
 */
final class Forcer implements AutoCloseable {
  private @Nullable Path file;
  private @Nullable FileChannel channel;

  /** Forces a file, and the first time also the folder in which it is. */
  void force(Path what) throws IOException {
    boolean interrupted = false;
    while (!tryForce(what)) {
      // The interrupt has closed the channel; it is not for us.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tryForce(Path what) throws IOException {
    try {
      open(what).force(false);
      return true;
    } catch (ClosedByInterruptException e) {
      close();
      return false;
    }
  }

  private FileChannel open(Path what) throws IOException {
    if (channel != null && what.equals(file)) {
      return channel;
    }
    close();
    FileChannel opened = FileChannel.open(what, StandardOpenOption.WRITE);
    channel = opened;
    JournalFiles.force(JournalFiles.folder(what));
    file = what;
    return opened;
  }

  @Override
  public void close() throws IOException {
    file = null;
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
