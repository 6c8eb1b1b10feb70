package io.syslet.hadoop;

import io.syslet.Sys;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * A door whose one loop begins nothing before it is let go: what is given to it meanwhile is begun
 * in that order, all of it at a time.
 */
final class HeldLoop implements AutoCloseable {
  /** Bytes of a chunk. */
  static final int CHUNK = 4096;

  /** More than a loop has chunks for. */
  static final int MANY = 64;

  final ServerDoor door;
  private final ServedFolder served;
  private final CallLoop loop;
  private final CountDownLatch gate = new CountDownLatch(1);

  HeldLoop(ServedFolder served) throws Exception {
    Configuration conf = served.configuration();
    conf.setInt(DoorKeys.TASKS, 1);
    conf.setInt(DoorKeys.AHEAD, MANY);
    conf.setInt(DoorKeys.CHUNK, CHUNK);
    this.served = served;
    door = new ServerDoor(DoorOptions.of(URI.create("syslet:///"), conf));
    loop = door.session().loop();
  }

  RemoteFile open(String name, int flags) throws Exception {
    return RemoteFile.open(door, RemotePath.of(name), flags, FsPermission.getFileDefault());
  }

  /** From now on nothing is begun. */
  void hold() {
    loop.submit(
        new CallLoop.Job() {
          @Override
          public void begin(CallLoop same) {
            try {
              gate.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void refused(RemoteError why) {}
        });
  }

  /**
   * Has a file opened last of all, lets the loop go, and waits until all that it was given has been
   * begun.
   *
   * @return how many bytes the file has then.
   */
  long letGo(String name) throws Exception {
    RemotePath path = RemotePath.of("/" + name);
    CompletableFuture<Long> opening =
        loop.make(path.open(Sys.O_RDWR | Sys.O_CREAT, FsPermission.getDefault()), CallLoop::value);
    gate.countDown();
    Handle opened = new Handle(door.session(), (int) (long) opening.get());
    // Who asks last for a chunk has one last.
    Transfer.read(opened, 0, ByteBuffer.allocate(CHUNK)).result.get();
    opened.close();
    return Files.size(served.root.resolve(name));
  }

  @Override
  public void close() {
    gate.countDown();
    door.close();
  }
}
