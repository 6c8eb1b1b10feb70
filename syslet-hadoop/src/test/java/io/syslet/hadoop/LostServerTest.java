package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed in the middle of something, and comes back, or does not, or hangs. */
@SuppressWarnings("NullAway.Init") // each test begins with serve()
class LostServerTest {
  private static final boolean LONG = Boolean.getBoolean("syslet.long");
  private static final int FOLDERS = 150;
  private static final int FILES = 12;

  @TempDir private java.nio.file.Path temp;
  private java.nio.file.Path root;
  private ServerProcess server;
  private FileSystem fs;

  /** Some are tried over both transports with -Plong alone. */
  static List<String> unix() {
    return LONG ? List.of("unix", "tls") : List.of("unix");
  }

  static List<String> tls() {
    return LONG ? List.of("unix", "tls") : List.of("tls");
  }

  private void serve(String kind, String retry) throws Exception {
    root = Files.createDirectories(temp.resolve("root"));
    Pki pki = Pki.in(temp.resolve("pki"));
    int port = freePort();
    String socket = temp.resolve("sock").toString();
    boolean isUnix = kind.equals("unix");
    server =
        new ServerProcess(
            List.of(), isUnix ? "unix:" + socket : "tls:localhost:" + port, root, pki);
    Configuration conf = new Configuration(false);
    ServedFolder.configure(conf, pki);
    conf.set(DoorKeys.SOCKET, socket);
    conf.set(DoorKeys.RETRY_TIME, retry);
    conf.set(DoorKeys.CHUNK, "4k");
    conf.set(DoorKeys.DIRECTORIES, "8");
    String uri = isUnix ? "syslet:///" : "syslet://localhost:" + port + "/";
    fs = FileSystem.newInstance(URI.create(uri), conf);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void end() throws Exception {
    fs.close();
    server.close();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private void killAndRestart() throws Exception {
    server.kill();
    server.start();
  }

  /** The server is dead when this returns, and comes back a while later. */
  private FutureTask<Object> killAndStart() throws Exception {
    server.kill();
    return begin(
        () -> {
          server.start();
          return null;
        });
  }

  private static <T> FutureTask<T> begin(Callable<T> what) {
    FutureTask<T> task = new FutureTask<>(what);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  @ParameterizedTest
  @MethodSource("tls")
  void aReaderGetsEachByteOnce(String kind) throws Exception {
    serve(kind, "60s");
    byte[] bytes = random(3_000_000);
    Files.write(root.resolve("file"), bytes);
    try (FSDataInputStream in = fs.open(new Path("/file"))) {
      byte[] first = in.readNBytes(1_000_000);
      FutureTask<Object> starting = killAndStart();
      byte[] rest = in.readAllBytes();
      starting.get();
      assertThat(ByteBuffer.allocate(bytes.length).put(first).put(rest).array()).isEqualTo(bytes);
      killAndRestart();
      in.readFully(100, rest, 0, 500_000);
      assertThat(ByteBuffer.wrap(rest, 0, 500_000)).isEqualTo(ByteBuffer.wrap(bytes, 100, 500_000));
    }
  }

  @ParameterizedTest
  @MethodSource("tls")
  void rangesThatWereOnTheirWayCome(String kind) throws Exception {
    serve(kind, "60s");
    byte[] bytes = random(3_000_000);
    Files.write(root.resolve("file"), bytes);
    try (FSDataInputStream in = fs.open(new Path("/file"))) {
      List<FileRange> ranges = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        ranges.add(FileRange.createFileRange(i * 300_000L, 200_000));
      }
      server.signal("STOP");
      in.readVectored(ranges, ByteBuffer::allocate);
      assertThat(ranges.get(9).getData()).isNotDone();
      killAndRestart();
      for (FileRange range : ranges) {
        assertThat(range.getData().get(60, TimeUnit.SECONDS))
            .isEqualTo(ByteBuffer.wrap(bytes, (int) range.getOffset(), range.getLength()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("unix")
  void aWriterWritesEachByteOnce(String kind) throws Exception {
    serve(kind, "60s");
    byte[] bytes = random(2_000_000);
    try (FSDataOutputStream out = fs.create(new Path("/file"))) {
      out.write(bytes, 0, 500_000);
      FutureTask<Object> starting = killAndStart();
      for (int at = 500_000; at < bytes.length; at += 1000) {
        out.write(bytes, at, 1000);
      }
      starting.get();
    }
    assertThat(Files.readAllBytes(root.resolve("file"))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("tls")
  void eachFileIsListedOnce(String kind) throws Exception {
    serve(kind, "60s");
    for (int i = 0; i < FOLDERS; i++) {
      java.nio.file.Path folder = Files.createDirectories(root.resolve("d" + i));
      for (int j = 0; j < FILES; j++) {
        Files.createFile(folder.resolve("f" + j));
      }
    }
    RemoteIterator<LocatedFileStatus> files = fs.listFiles(new Path("/"), true);
    List<String> found = new ArrayList<>();
    found.add(files.next().getPath().toString());
    FutureTask<Object> starting = killAndStart();
    while (files.hasNext()) {
      found.add(files.next().getPath().toString());
    }
    starting.get();
    assertThat(found).hasSize(FOLDERS * FILES).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("unix")
  void aServerThatStaysAwayIsAnException(String kind) throws Exception {
    serve(kind, "300ms");
    Files.write(root.resolve("file"), random(100_000));
    try (FSDataInputStream in = fs.open(new Path("/file"))) {
      assertThat(in.read()).isNotNegative();
      server.kill();
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> fs.listStatus(new Path("/")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no server at " + (kind.equals("unix") ? "unix:" : "tls:"));
      server.start();
      assertThat(fs.listStatus(new Path("/"))).hasSize(1);
      in.seek(0);
      assertThat(in.readAllBytes()).isEqualTo(random(100_000));
    }
  }

  /** A server that hangs answers nothing, and does not break the connection either. */
  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void whoWaitsForAServerThatHangsCanBeInterrupted(String kind) throws Exception {
    serve(kind, "60s");
    Files.write(root.resolve("file"), random(100_000));
    try (FSDataInputStream in = fs.open(new Path("/file"))) {
      server.signal("STOP");
      assertInterruptible(() -> in.readAllBytes());
      assertInterruptible(() -> fs.getFileStatus(new Path("/file")));
      assertInterruptible(() -> fs.listStatus(new Path("/")));
      assertInterruptible(() -> fs.delete(new Path("/none"), true));
      server.signal("CONT");
      assertThat(fs.getFileStatus(new Path("/file")).getLen()).isEqualTo(100_000);
    }
  }

  private static void assertInterruptible(Callable<?> what) throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    thrown.complete(new AssertionError("an answer: " + what.call()));
                  } catch (Exception e) {
                    thrown.complete(e);
                  }
                });
    Thread.sleep(100);
    thread.interrupt();
    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
  }
}
