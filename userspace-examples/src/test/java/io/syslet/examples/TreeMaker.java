package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Sys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Makes trees by relative calls, so that no name and no depth is out of reach. */
final class TreeMaker implements AutoCloseable {
  private static final int S_IFREG = 0x8000;
  private static final int S_IFIFO = 0x1000;

  private final PoolKernel kernel = PoolKernel.hot();
  private final long name = kernel.arena().allocate(4096).address();
  private int at;

  TreeMaker(Path directory) {
    at = (int) checked(open(Sys.AT_FDCWD, directory.toString(), Sys.O_DIRECTORY));
  }

  /** Makes a directory and goes down into it. */
  TreeMaker enter(String directory) {
    directory(directory);
    int down = (int) checked(open(at, directory, Sys.O_DIRECTORY | Sys.O_NOFOLLOW));
    Sys.close(kernel, at);
    at = down;
    return this;
  }

  TreeMaker directory(String directory) {
    put(directory);
    checked(Sys.mkdirat(kernel, at, name, 0755));
    return this;
  }

  TreeMaker file(String file, long size) {
    int fd = (int) checked(open(at, file, Sys.O_CREAT | Sys.O_EXCL | Sys.O_WRONLY));
    checked(Sys.ftruncate(kernel, fd, size));
    Sys.close(kernel, fd);
    return this;
  }

  TreeMaker files(int count) {
    for (int i = 0; i < count; i++) {
      file("f" + i, i % 10);
    }
    return this;
  }

  TreeMaker emptyFiles(int count) {
    for (int i = 0; i < count; i++) {
      put("e" + i);
      checked(kernel.syscall(Nr.MKNODAT, at, name, S_IFREG | 0644));
    }
    return this;
  }

  /** A FIFO with no writer: whoever opens it to read waits for ever. */
  TreeMaker fifo(String fifo) {
    put(fifo);
    checked(kernel.syscall(Nr.MKNODAT, at, name, S_IFIFO | 0644));
    return this;
  }

  /** Names are given as Latin-1, a byte for each character. */
  private void put(String bytes) {
    CString.put(name, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private long open(int directory, String file, int flags) {
    put(file);
    return Sys.openat(kernel, directory, name, flags | Sys.O_CLOEXEC, 0644);
  }

  private static long checked(long result) {
    if (result < 0) {
      throw new AssertionError("cannot make the tree: " + result);
    }
    return result;
  }

  @Override
  public void close() {
    Sys.close(kernel, at);
    kernel.close();
  }
}
