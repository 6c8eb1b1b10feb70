package io.syslet.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends the records to a file, each with a write of its own, as a plain program would. */
final class ChannelLane implements RecordLane {
  private final Path file;
  private final FileChannel channel;
  private final boolean force;
  private final CallRecords records = new CallRecords();

  /**
   * A new file.
   *
   * @param force whether {@link #sync} waits for the disk.
   */
  ChannelLane(Path dir, boolean force) throws IOException {
    this.force = force;
    file = dir.resolve("plain");
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void call(long call) throws IOException {
    write(records.began(call));
    write(records.ended(call));
  }

  private void write(ByteBuffer record) throws IOException {
    while (record.hasRemaining()) {
      channel.write(record);
    }
  }

  @Override
  public void sync() throws IOException {
    if (force) {
      channel.force(false);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.delete(file);
  }
}
